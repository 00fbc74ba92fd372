"""The words by which transcripts name roles, facts and columns, in the languages we have seen.

Another language, or a program with words of its own, is added here and nowhere else. All words are
in small letters; `_` stands for a blank.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


# Labels that name a part in an interview: they count as speakers even where they occur once.
ROLES = _words("""
    interviewer interviewerin interviewende interviewender interviewee interviewte interviewter
    interviewpartner interviewpartnerin interviewe interviewé interviewée intervieweur
    participant participante respondent informant researcher moderator moderatorin facilitator
    befragte befragter befragte_person forscher forscherin sprecher sprecherin
    chercheur chercheuse enquêteur enquêtrice enquêté enquêtée répondant répondante
    entrevistador entrevistadora entrevistado entrevistada investigador investigadora
    intervistatore intervistatrice intervistato intervistata
    onderzoeker geïnterviewde intervjuare informante
    speaker host guest caller narrator question answer unknown
    المحاور المشارك מראיין מרואיין משתתף 访谈者 受访者 采访者 訪談者 受訪者 聞き手 話し手
""")

# Words before a colon, or in brackets on a line of their own, that are no speaker.
NO_SPEAKERS = _words("""
    note notes nb n.b. ps p.s. pps re fw fwd aw wg cc http https www mailto
    laughter laughs laughing applause music silence pause break inaudible unintelligible crosstalk
    unverständlich lachen lacht rires source sources quelle link links url website twitter podcast
    key legend legende absatz kapitel chapter section
    title titel titre subject betreff topic thema summary keywords abstract
    date datum time zeit uhrzeit place location ort lieu duration dauer length recording recorded
    aufnahme audio video file datei media transcript transkript transcription transcriber
    language sprache langue tags example beispiel warning edit update tl;dr
""")

# Parts of a name that begin with a small letter.
PARTICLES = _words("van von de del della der den di da dos du la le el al bin ibn y zu")

# Facts at the head of a file, by what headers call them.
FACTS = {
    "title": _words("title titel titre título"),
    "date": _words("""
        date datum fecha data interview_date interviewdatum date_of_interview pub_date recorded
        recording_date aufnahmedatum
    """),
    "place": _words("place location ort lieu lugar luogo interviewort place_of_interview"),
    "duration": _words("duration length dauer durée duración interviewdauer"),
    "language": _words("language lang sprache langue idioma lingua"),
    "recording": _words("recording audio audio_file recording_file aufnahme audiodatei"),
    "interviewer": _words("""
        interviewer interviewerin interviewed_by interviewt_von enquêteur entrevistador
        entrevistadora
    """),
    "participant": _words("""
        participant interviewee respondent participant_id interviewpartner interviewpartnerin
        befragte_person befragter befragte enquêté enquêtée entrevistado
    """),
}
# What headers say besides, and nobody asked for.
OTHER_FACTS = _words("""
    interview interview_no interview_no. interview_nr interview_nr. interview-nr interview-nr.
    interview_number interview_id id no. number project study strand consent key legend legende
    conventions notation transcriber transcribed_by transcript_by transkription transcription
    transcript version time start_time organisation organization role topic theme code gender age
    sex occupation status
""")

# Headings of table columns.
SPEAKER_COLUMNS = _words("""
    speaker speakers name who person voice sprecher sprecherin locuteur hablante
""")
WORDS_COLUMNS = _words("""
    content text transcript transcription words utterance speech said inhalt transkript texte
    contenu texto contenido
""")
TIME_COLUMNS = _words("""
    time times timespan timestamp timecode tc start begin zeit zeitmarke temps tiempo
""")
END_COLUMNS = _words("end stop ende fin")
