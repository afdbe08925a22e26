using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Versions;

public readonly partial struct Version
{
    /// <summary>Reads a version as PEP 440 (appendix B) accepts it: any spelling it normalises, white space at both
    /// ends ignored. Allocates nothing for usual versions.</summary>
    public static ParseResult<Version> TryParse(string text) =>
        TryParse(text.AsSpan(), out var version)
            ? ParseResult<Version>.Of(version)
            : ParseResult<Version>.Failed(Explain(text));

    /// <summary>As <see cref="TryParse(string)"/>, without saying why not.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Version version) =>
        TryParseRelease(text, out version) || TryParseAny(text, out version);

    /// <summary>As <see cref="TryParse(string)"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no version.</exception>
    public static Version Parse(string text) => TryParse(text).Value;

    /// <summary>The usual case in one loop: up to four small numbers and nothing else.</summary>
    private static bool TryParseRelease(ReadOnlySpan<char> text, out Version version)
    {
        version = default;
        ulong layout = (ulong)Phase.Final << PhaseShift;
        var segments = 0;
        var i = 0;
        while (i < text.Length)
        {
            uint value = 0;
            var start = i;
            while (i < text.Length)
            {
                var digit = (uint)text[i] - '0';
                if (digit > 9)
                    break;
                value = value * 10 + digit;
                i++;
            }
            if (i == start || i - start > 5)
                return false;
            switch (segments++)
            {
                case 0:
                    if (value > FirstMax)
                        return false;
                    layout |= (ulong)value << FirstShift;
                    break;
                case 1:
                    if (value > SecondMax)
                        return false;
                    layout |= (ulong)value << SecondShift;
                    break;
                case 2:
                    if (value > ThirdMax)
                        return false;
                    layout |= (ulong)value << ThirdShift;
                    break;
                case 3:
                    if (value > FourthMax)
                        return false;
                    layout |= (ulong)value << FourthShift;
                    break;
                default:
                    return false;
            }
            if (i == text.Length)
            {
                version = new(layout | (uint)segments, null);
                return true;
            }
            if (text[i++] != '.')
                return false;
        }
        return false;
    }

    private static bool TryParseAny(ReadOnlySpan<char> text, out Version version)
    {
        var (start, end) = PythonText.Trim(text);
        version = default;
        if (VersionGrammar.Match(text[..end], start, allowLocal: true, out var parts) != end)
            return false;
        version = FromParts(in parts);
        return true;
    }

    /// <summary>The version that a match of the grammar stands for.</summary>
    internal static Version FromParts(in VersionGrammar parts)
    {
        if (TryPack(in parts, out var packed))
            return packed;
        var text = parts.Text;
        var release = new Numeral[parts.Segments];
        var at = parts.ReleaseStart;
        for (var i = 0; i < release.Length; i++)
        {
            var stop = at;
            while (stop < parts.ReleaseEnd && text[stop] != '.')
                stop++;
            release[i] = Numeral.Read(text[at..stop]);
            at = stop + 1;
        }
        return Make(
            parts.EpochStart < 0 ? default : Numeral.Read(text[parts.EpochStart..parts.EpochEnd]),
            release,
            parts.PreLetter,
            parts.PreLetter is null ? default : Numeral.Read(text[parts.PreStart..parts.PreEnd]),
            parts.PostStart < 0 ? null : Numeral.Read(text[parts.PostStart..parts.PostEnd]),
            parts.DevStart < 0 ? null : Numeral.Read(text[parts.DevStart..parts.DevEnd]),
            parts.LocalStart < 0 ? null : ReadLocal(text[parts.LocalStart..parts.LocalEnd])
        );
    }

    /// <summary>The packed form straight from the text, with at most one suffix; anything else is left to the general
    /// way.</summary>
    private static bool TryPack(in VersionGrammar parts, out Version version)
    {
        version = default;
        var suffixes = (parts.PreLetter is null ? 0 : 1) + (parts.PostStart < 0 ? 0 : 1) + (parts.DevStart < 0 ? 0 : 1);
        if (suffixes > 1 || parts.EpochStart >= 0 || parts.LocalStart >= 0)
            return false;
        if (!TryParseRelease(parts.Text[parts.ReleaseStart..parts.ReleaseEnd], out var release))
            return false;
        if (suffixes == 0)
        {
            version = release;
            return true;
        }
        var (phase, start, end) =
            parts.PreLetter is { } letter ? (letter, parts.PreStart, parts.PreEnd)
            : parts.PostStart >= 0 ? (Phase.Post, parts.PostStart, parts.PostEnd)
            : (Phase.Development, parts.DevStart, parts.DevEnd);
        ulong number = 0;
        for (var i = start; i < end; i++)
        {
            number = number * 10 + (ulong)(parts.Text[i] - '0');
            if (number > NumberMax)
                return false;
        }
        version = new(
            (release.Layout ^ ((ulong)Phase.Final << PhaseShift))
                | ((ulong)phase << PhaseShift)
                | (number << NumberShift),
            null
        );
        return true;
    }

    private static LocalSegment[] ReadLocal(ReadOnlySpan<char> text)
    {
        var segments = new List<LocalSegment>();
        foreach (var range in text.SplitAny('.', '-', '_'))
        {
            var segment = text[range];
            segments.Add(
                segment.ContainsAnyExceptInRange('0', '9')
                    ? new(segment.ToString().ToLowerInvariant(), default)
                    : new(null, Numeral.Read(segment))
            );
        }
        return [.. segments];
    }

    private static ParseError Explain(string text)
    {
        var (start, end) = PythonText.Trim(text);
        var match = VersionGrammar.Match(text.AsSpan(0, end), start, allowLocal: true, out var parts);
        if (match < 0)
            return ParseError.At(
                text,
                ~match,
                ~match > start && text[~match - 1] == '!'
                    ? "a digit after the epoch"
                    : "a digit, for the release of a version"
            );
        if (text[match] == '+' && parts.LocalStart < 0)
            return ParseError.At(text, match + 1, "a letter or a digit, for the local label after '+'");
        if (text[match] == '.' && parts.ReleaseEnd == match && match + 1 >= end)
            return ParseError.At(text, match + 1, "a digit after '.'");
        return ParseError.At(
            text,
            match,
            parts.LocalStart >= 0
                ? "a letter, a digit, a separator or the end of the local label"
                : "the end of the version, or a suffix such as a1, .post1, .dev1 or +local"
        );
    }
}
