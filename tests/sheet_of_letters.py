"""Letters and signs that people type or paste: what is printed as it is, and what is not."""

from __future__ import annotations

PRINTED = {
    "Spanish, Portuguese": "áéíóúüñ ÁÉÍÓÚÜÑ ¿¡ ãõâêôàç ÃÕ º ª",
    "French": "œæÿëïîùû ŒÆŸ « » “ ” ‘ ’ – — … €",
    "Hausa, Fula": "ɓ Ɓ ɗ Ɗ ƙ Ƙ ƴ Ƴ ʼy ŋ Ŋ ɲ Ɲ ƭ Ƭ ɠ",
    "Bambara, Ewe, Akan": "ɛ Ɛ ɔ Ɔ ɛ̀ ɔ́ ɛ̃ ɔ̃ ɖ Ɖ ƒ Ƒ ɣ Ɣ ʋ Ʋ ŋ́ ɛ̌ ɔ̂",
    "Yoruba, Igbo": "ẹ Ẹ ọ Ọ ṣ Ṣ ẹ̀ ẹ́ ọ̀ ọ́ ọ̄ ị Ị ụ Ụ ṅ Ṅ ǹ ń m̀ ḿ",
    "Bantu, Khoisan": "ǃ ǀ ǁ ǂ ḓ ḽ ṋ ṱ ĉ š ž ŵ ɨ ʉ ə Ə ɪ ʊ ū ī ạ",
    "Quechua, Aymara": "ñ ä ï ü k' chʼ q’ ʼ tʼ ç",
    "Guarani": "ã ẽ ĩ õ ũ ỹ Ẽ Ĩ Ỹ g̃ G̃ ʼ",
    "Nahuatl, Maya, Zapotec": "ā ē ī ō ꞌ Ꞌ ʔ Ɂ ʼ ɨ Ɨ ɨ́ ë̀ a̱ o̱ ṯ ḛ ŋ",
    "Tones, marks": "à̤ é̱ ŏ̃ ụ̀ ị̄ ɛ̱̀ ɔ̱̃ a᷆ e᷄ ꞈ ˀ ˊ ˋ ꜜ ꜛ",
    "Greek": "Κοινωνική προστασία και άνεργοι ῥῆμα ὦ ᾧ",
    "Cyrillic": "Социальная защита ґ є і ї ў ә ғ қ ң ө ұ ү һ ѣ",
    "Amharic, Tigrinya": "ማኅበራዊ ጥበቃ የገጠር ልማታዊ ሴፍቲኔት ፕሮግራም ቅንጅት ወረዳ ሀሁሂሃ ቈ ጿ ፩፪፫ ። ፣ ፤ ፡ ኧ ቐ",
    "Arrows": "← ↑ → ↓ ⟶ ⟹ ⟸",
    "Mathematics": "± × ÷ ≤ ≥ ≠ ≈ ≡ ∞ ∑ ∏ √ ∫ ∂ ∆ ∇ ∈ ∩ ∪ ⊂ ∀ ∃ ∅ ¬ − ½ ‰ x² H₂O",
    "Signs": "• ▪ ◆ ■ □ ● ○ ▶ ▲ ✓ ☐ ☑ ☒ † ‡ § ¶ № ™ © ® ₦ ₵ ₲ ₡ ₱ ⅓ ‣",
}
# As they come out of other programs, and how they are kept.
PASTED = {
    "\ufb01nancia\ufb02o": "financiaflo",
    "soft\xadly \u200bset\ufeff": "softly set",
    "\u202eturned\u202c": "turned",
    "line\u2028break": "line\nbreak",
    "tab\x0bin slides": "tab\nin slides",
    "next\x85line": "next\nline",
    "wide\u2003space": "wide space",
    "un\u2011broken": "un-broken",
    "\uf0b7 \uf0e0 \uf0b3": "• → ≥",
    "it\x92s": "it’s",
    "\U0001d434\U0001d6fc": "Aα",
    "decompose\u0301": "decomposé",
}
# As they are kept, and as they are printed for want of a sign of their own.
DRAWN_AS = {"⇒": "⟹", "➔": "→", "✔": "✓", "①": "(1)", "Ⅳ": "IV", "㎏": "kg", "❖": "◆"}
NOT_PRINTED = {
    "Arabic": "الحماية الاجتماعية",
    "Chinese": "社会保障",
    "Hindi": "सामाजिक सुरक्षा",
    "Thai": "การคุ้มครอง",
    "emoji": "👩🏽‍🌾🌽",
    "flag": "🇵🇪",
    "private": "\ue000",
}
