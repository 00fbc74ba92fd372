"""What belongs to the person at the screen: settings, keys, desk; and the machine they sit at."""
