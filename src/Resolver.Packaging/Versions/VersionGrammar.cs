using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Versions;

/// <summary>
/// The grammar of PEP 440, appendix B, as one deterministic pass: where each part of a version is in a text.
/// Positions are indices into the text; a start of -1 means that the part is absent.
/// </summary>
internal ref struct VersionGrammar
{
    public readonly ReadOnlySpan<char> Text;
    public int EpochStart = -1,
        EpochEnd;
    public int ReleaseStart,
        ReleaseEnd;
    public int Segments;
    public Phase? PreLetter;
    public int PreStart,
        PreEnd;
    public int PostStart = -1,
        PostEnd;
    public int DevStart = -1,
        DevEnd;
    public int LocalStart = -1,
        LocalEnd;

    private VersionGrammar(ReadOnlySpan<char> text) => Text = text;

    /// <summary>Reads the longest version that begins at <paramref name="start"/>: what a greedy regular expression
    /// would match.</summary>
    /// <returns>The end of it, or the place where a digit was missing as a negative number (its complement).</returns>
    public static int Match(ReadOnlySpan<char> text, int start, bool allowLocal, out VersionGrammar parts)
    {
        parts = new VersionGrammar(text);
        var end = parts.MatchRelease(start);
        return end < 0 ? end : parts.MatchSuffixes(end, allowLocal);
    }

    /// <summary>The leading <c>v</c>, the epoch and the release.</summary>
    public static int MatchRelease(ReadOnlySpan<char> text, int start, out VersionGrammar parts)
    {
        parts = new VersionGrammar(text);
        return parts.MatchRelease(start);
    }

    private int MatchRelease(int at)
    {
        if (at < Text.Length && (Text[at] | 0x20) == 'v')
            at++;
        var digits = Digits(at);
        if (digits == at)
            return ~at;
        if (digits < Text.Length && Text[digits] == '!')
        {
            (EpochStart, EpochEnd) = (at, digits);
            at = digits + 1;
            digits = Digits(at);
            // '1!' without a release is no version; the epoch is optional, but then '!' has no place either.
            if (digits == at)
                return ~at;
        }
        ReleaseStart = at;
        Segments = 1;
        while (digits + 1 < Text.Length && Text[digits] == '.' && PythonText.IsDigit(Text[digits + 1]))
        {
            digits = Digits(digits + 1);
            Segments++;
        }
        return ReleaseEnd = digits;
    }

    private int MatchSuffixes(int at, bool allowLocal)
    {
        at = MatchPre(at);
        at = MatchPost(at);
        at = MatchDev(at);
        return allowLocal ? MatchLocal(at) : at;
    }

    private int MatchPre(int at)
    {
        var letters = SkipSeparator(at);
        var length = 0;
        // The longer spellings first: 'a' begins 'alpha', 'pre' begins 'preview'.
        if (Word(letters, "alpha", ref length) || Word(letters, "a", ref length))
            PreLetter = Phase.Alpha;
        else if (Word(letters, "beta", ref length) || Word(letters, "b", ref length))
            PreLetter = Phase.Beta;
        else if (
            Word(letters, "preview", ref length)
            || Word(letters, "pre", ref length)
            || Word(letters, "c", ref length)
            || Word(letters, "rc", ref length)
        )
            PreLetter = Phase.Candidate;
        else
            return at;
        PreStart = SkipSeparator(letters + length);
        return PreEnd = Digits(PreStart);
    }

    private int MatchPost(int at)
    {
        if (at + 1 < Text.Length && Text[at] == '-' && PythonText.IsDigit(Text[at + 1]))
        {
            PostStart = at + 1;
            return PostEnd = Digits(at + 1);
        }
        var letters = SkipSeparator(at);
        var length = 0;
        if (!Word(letters, "post", ref length) && !Word(letters, "rev", ref length) && !Word(letters, "r", ref length))
            return at;
        PostStart = SkipSeparator(letters + length);
        return PostEnd = Digits(PostStart);
    }

    private int MatchDev(int at)
    {
        var letters = SkipSeparator(at);
        var length = 0;
        if (!Word(letters, "dev", ref length))
            return at;
        DevStart = SkipSeparator(letters + length);
        return DevEnd = Digits(DevStart);
    }

    private int MatchLocal(int at)
    {
        if (at >= Text.Length || Text[at] != '+')
            return at;
        var end = Alphanumerics(at + 1);
        if (end == at + 1)
            return at;
        LocalStart = at + 1;
        while (end + 1 < Text.Length && IsSeparator(Text[end]) && PythonText.IsAlphanumeric(Text[end + 1]))
            end = Alphanumerics(end + 1);
        return LocalEnd = end;
    }

    private readonly int Digits(int at)
    {
        while (at < Text.Length && PythonText.IsDigit(Text[at]))
            at++;
        return at;
    }

    private readonly int Alphanumerics(int at)
    {
        while (at < Text.Length && PythonText.IsAlphanumeric(Text[at]))
            at++;
        return at;
    }

    private readonly int SkipSeparator(int at) => at < Text.Length && IsSeparator(Text[at]) ? at + 1 : at;

    private readonly bool Word(int at, string word, ref int length)
    {
        if (at + word.Length > Text.Length)
            return false;
        for (var i = 0; i < word.Length; i++)
            if ((Text[at + i] | 0x20) != word[i])
                return false;
        length = word.Length;
        return true;
    }

    private static bool IsSeparator(char c) => c is '.' or '-' or '_';
}
