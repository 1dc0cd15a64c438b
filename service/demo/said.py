"""What the demo's people write themselves: in Arabic, as the people of a centre do.

The example that the demo follows writes English, for whoever reads the API's documentation. What is
here is written in its stead as it is sent; a text that is forgotten fails a test.
"""

from collections.abc import Mapping
from typing import Any

IN_ARABIC: Mapping[str, str] = {
    "A workshop of her own within a year of release.": "ورشة خاصة في غضون سنة من الإفراج.",
    "Finish the course in sewing": "إتمام التكوين في الحرفة",
    "Rent a room near the market": "كراء محل قرب السوق",
    "Wears glasses for close work.": "تلزم نظارات للعمل الدقيق.",
    "Wants to look after it alone from here on.": "الرغبة في المتابعة بلا مواكبة من الآن.",
    "The mother keeps a room ready.": "الأم هيأت غرفة في بيت الأسرة.",
    "Two of them were counted twice.": "تم احتساب فردين مرتين.",
    "He died before the handover.": "وقعت الوفاة قبل التسليم.",
    "He found a post with a partner company.": "تم العثور على عمل في مقاولة شريكة.",
    "Two shops wait for what she sews.": "محلان ينتظران ما سينتجه المشروع.",
    "For the workshop of the centre.": "لورشة المركز.",
    "The same mother's name; registered at the prison already.": (
        "اسم الأم نفسه، والتسجيل تم من قبل في المؤسسة السجنية."
    ),
    "12, invented street": "12، زنقة خيالية",
    "Bni Lent": "بني لنت",
    "The teacher of the sewing class": "الإطار المشرف على قسم الخياطة",
    "Found work by the day.": "تم العثور على عمل يومي.",
    "none needed": "لا تلزم أي رخصة",
    "ANAPEC": "الوكالة الوطنية لإنعاش التشغيل والكفاءات",
    "Knows her prices well.": "معرفة جيدة بالأثمنة.",
    "Came with her sister.": "تم الحضور رفقة أحد أفراد الأسرة.",
    "Wants to go on.": "الرغبة في المواصلة قائمة.",
    "Housing is settled, papers are not.": "السكن متوفر، والوثائق لم تكتمل بعد.",
    "virement 2025/31": "تحويل 2025/31",
    "Works at the workshop of the centre, and comes each month.": (
        "العمل في ورشة المركز، والحضور كل شهر."
    ),
    "No income, and a steady course inside.": "لا دخل، ومسار منتظم داخل المؤسسة.",
    "Sews for two shops.": "المشروع يشتغل، والزبناء محلان في الحي.",
    "Back with her aunt.": "العودة إلى بيت الخالة.",
    "Wants to go on to the baccalaureate.": "الرغبة في المتابعة إلى غاية البكالوريا.",
    "Foundation": "المؤسسة",
    "Fatna Elmithal": "فاطنة المثال",
    "Extract of the birth certificate": "نسخة من رسم الولادة",
    "Her national card was lost.": "ضاعت البطاقة الوطنية.",
    "Keeps the family book.": "الدفتر العائلي محفوظ في البيت.",
    "By phone, to the clerk.": "هاتفيا لدى الكتابة.",
    "The lawyer of the bar's legal aid counts three years.": (
        "حسب محامي المساعدة القضائية يلزم مرور ثلاث سنوات."
    ),
    "After the afternoon prayer": "بعد صلاة العصر",
    "In the evening": "مساء",
    "INDH committee of the province": "اللجنة الإقليمية للتنمية البشرية",
    "siège de la province": "مقر العمالة أو الإقليم",
    "the prison's director": "إدارة المؤسسة السجنية",
    "the president of the province's council": "رئاسة المجلس الإقليمي",
    "the governor of the province": "عامل الإقليم",
    "Taza": "تازة",
    "Tarfaya": "طرفاية",
    "Midelt": "ميدلت",
    "Tahannaout": "تحناوت",
}
"""What the example writes, as it is written here."""


def as_typed(sent: Any) -> Any:
    """A body as the demo's people would type it; codes, numbers and days are what they were."""
    if isinstance(sent, dict):
        return {name: as_typed(each) for name, each in sent.items()}
    if isinstance(sent, list):
        return [as_typed(each) for each in sent]
    return IN_ARABIC.get(sent, sent) if isinstance(sent, str) else sent
