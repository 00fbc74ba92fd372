"""Speech in many writings, invented for the tests: how each is cut into sentences and words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Writing:
    """An answer in one writing.

    `sentences` are those of the answer, in order; joined by `between` they are the answer.
    `word` stands in it once and is found by a search, `quote` reaches over the edge of two words.
    """

    name: str
    language: str
    sentences: tuple[str, ...]
    word: str
    quote: str
    between: str = " "

    @property
    def answer(self) -> str:
        """The whole answer, on one line."""
        return self.between.join(self.sentences)


WRITINGS = (
    Writing(
        "Chinese",
        "zh",
        (
            "我们村里原来没有公交车。",
            "后来大家一起写信给县里！",
            "你说谁会答应呢？",
            "没有人答应。",
        ),
        word="写信",
        quote="大家一起写信",
        between="",
    ),
    Writing(
        "Japanese",
        "ja",
        (
            "昔は祭りがありました。",
            "祖母は「もう続けられない。」と言いました。",
            "今年は誰も来ません。",
        ),
        word="祖母",
        quote="今年は誰も",
        between="",
    ),
    Writing(
        "Thai",
        "th",
        ("เมื่อก่อนหมู่บ้านเราไม่มีตลาด เราเลยช่วยกันสร้างขึ้นมาใหม่",),
        word="ตลาด",
        quote="ช่วยกันสร้าง",
    ),
    Writing(
        "Burmese",
        "my",
        ("ကျွန်မတို့ရွာမှာ ဈေးမရှိဘူး။", "အခု အားလုံး ပြောင်းသွားပြီ။"),
        word="ဈေး",
        quote="အခု အားလုံး",
        between="",
    ),
    Writing(
        "Khmer",
        "km",
        ("ភូមិយើងមិនមានផ្សារទេ។", "ឥឡូវនេះយើងមានហើយ។"),
        word="ផ្សារ",
        quote="មិនមានផ្សារ",
    ),
    Writing(
        "Amharic",
        "am",
        ("በመንደራችን ገበያ አልነበረም።", "አሁን ግን ሁላችንም እንሰራለን፧", "አዎ።"),
        word="ገበያ",
        quote="ገበያ አልነበረም",
    ),
    Writing(
        "Hindi",
        "hi",
        ("हमारे गाँव में बाज़ार नहीं था।", "फिर हम सब ने मिलकर बनाया।", "क्या आप मानेंगे?"),
        word="बाज़ार",
        quote="हम सब ने मिलकर",
    ),
    Writing(
        "Urdu",
        "ur",
        ("ہمارے گاؤں میں بازار نہیں تھا۔", "پھر ہم سب نے مل کر بنایا۔", "کیا آپ مانیں گے؟"),
        word="بازار",
        quote="سب نے مل کر",
    ),
    Writing(
        "Arabic",
        "ar",
        ("لم يكن في قريتنا سوق.", "ثم بنيناه معًا!", "هل تصدّق ذلك؟", "نعم."),
        word="سوق",
        quote="بنيناه معًا",
    ),
    Writing(
        "Hebrew",
        "he",
        ("לא היה שוק בכפר שלנו.", "אחר כך בנינו אותו יחד.", "אתה מאמין?"),
        word="שוק",
        quote="בנינו אותו יחד",
    ),
    Writing(
        "Armenian",
        "hy",
        ("Մեր գյուղում շուկա չկար։", "Հետո միասին կառուցեցինք։"),
        word="շուկա",
        quote="Հետո միասին",
    ),
    Writing(
        "Tibetan",
        "bo",
        ("ང་ཚོའི་གྲོང་གསེབ་ལ་ཁྲོམ་མེད།", "ད་ལྟ་ཡོད།"),
        word="ཁྲོམ",
        quote="ཁྲོམ་མེད",
    ),
    Writing(
        "Korean",
        "ko",
        ("우리 마을에는 시장이 없었어요.", "그래서 다 같이 만들었지요.", "믿어지세요?"),
        word="시장이",
        quote="다 같이 만들었지요",
    ),
    Writing(
        "Vietnamese, accents apart",
        "vi",
        ("La\u0300ng tôi không có chơ\u0323.", "Sau đó chúng tôi cùng xây."),
        word="chợ",
        quote="cùng xây",
    ),
    Writing(
        "Signs that are more than one character",
        "en",
        ("We laughed 👨‍👩‍👧‍👦 so much 👍🏽.", "Then the 🇨🇾 flag fell!"),
        word="flag",
        quote="so much 👍🏽",
    ),
)
