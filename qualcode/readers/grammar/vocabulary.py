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
    third_person third_party dritte_person tierce_personne tercera_persona
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

# The months in the order of the year, by their names and how these are shortened.
MONTHS = tuple(
    map(
        _words,
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari ionawr",
            "february feb februar februari février févr fév febrero febbraio fevereiro chwefror",
            "march mar märz mär mars marzo março maart mrt mawrth",
            "april apr avril avr abril abr aprile ebrill",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho mehefin",
            "july jul juli juillet juil julio luglio lug julho gorffennaf",
            "august aug août aout agosto ago augustus awst",
            "september sept sep septembre septiembre settembre set setembro medi",
            "october oct oktober okt octobre octubre ottobre ott outubro out hydref",
            "november nov novembre noviembre novembro tachwedd",
            "december dec dezember dez décembre déc diciembre dic dicembre dezembro rhagfyr",
        ),
    )
)

# Headings of table columns.
SPEAKER_COLUMNS = _words("""
    speaker speakers speaker_name speaker_label speaker_id name who person voice
    sprecher sprecherin sprechende locuteur locutrice hablante parlante orador
""")
WORDS_COLUMNS = _words("""
    content text transcript transcription words utterance speech said inhalt transkript texte
    contenu texto contenido testo discours paroles äußerung
""")
TIME_COLUMNS = _words("""
    time times timespan timestamp timecode tc start begin zeit zeitmarke temps tiempo
    start_time begin_time starttime time_in in_time in onset von anfang début inicio
""")
END_COLUMNS = _words("""
    end stop ende fin end_time endtime time_out out_time out offset bis finish
""")

# The headings by which a program is known.
PRODUCER_COLUMNS = {
    _words("timespan content"): "NVivo",
    _words("timecode speaker transcript"): "oral-history.digital",
}
# Tables that lie beside transcripts, by the headings that only they have together.
MANIFEST_COLUMNS = (_words("file interview_id"), _words("file participant"))
CODING_COLUMNS = (_words("transcript code quote"), _words("transcript code start end"))

# Tiers of annotation programs, by words in their names or types. The first are what was said; the
# second say something about it, or say it again in pieces.
SPEECH_TIERS = _words("""
    transcription transcript transcripts utterance utterances utt speech orthography orthographic
    orth ort tx text txt sentence sentences phrase phrases talk segment segments
    transkription transkript äußerung äusserung satz sätze énoncé énoncés enunciado
""")
LAYER_TIERS = _words("""
    comment comments note notes remark remarks gloss glosses translation translations ft
    gesture gestures gaze posture pos morph morphs morpheme morphemes mb ge ps lemma lemmas
    ipa phonetic phonetics phone phones phoneme phonemes syllable syllables pitch tone tones
    word words token tokens mau kan code codes coding context ref topic topics
    silence silences section sections
    kommentar kommentare anmerkung anmerkungen übersetzung geste gesten blick wort wörter
    commentaire commentaires remarque traduction gestes mots comentario nota traducción
""")
# Of layers, the one that still holds every word.
WORD_TIERS = _words("word words token tokens ort wort wörter mots")
