using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Versions;

/// <summary>A version (PEP 440). Immutable; <c>default</c> is the version 0.</summary>
/// <remarks>
/// Equality and order are those of the standard: <c>1.0</c> and <c>1</c> are equal although their texts differ.
/// Matching is another operation: see <see cref="Specifiers.SpecifierSet"/>.
/// The usual versions are one integer that compares as the standard orders them, and need no memory of their own:
/// <code>
/// 63      49 48    38 37    27 26     19 18   16 15      3 2       0
/// | first   | second | third  | fourth  | phase | number  | segments |
/// </code>
/// Everything else keeps its parts in an object. Its integer is then the nearest one that is not below any smaller
/// version and not above any greater one (numbers too large fill their field and all that follow with ones), so that
/// it decides most comparisons as well.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly partial struct Version : IEquatable<Version>, IComparable<Version>
{
    private const int SegmentsBits = 3,
        NumberBits = 13,
        PhaseBits = 3,
        FourthBits = 8,
        ThirdBits = 11,
        SecondBits = 11,
        FirstBits = 15;
    private const int NumberShift = SegmentsBits,
        PhaseShift = NumberShift + NumberBits,
        FourthShift = PhaseShift + PhaseBits;
    private const int ThirdShift = FourthShift + FourthBits,
        SecondShift = ThirdShift + ThirdBits,
        FirstShift = SecondShift + SecondBits;
    private const ulong NumberMax = (1 << NumberBits) - 1,
        FourthMax = (1 << FourthBits) - 1,
        ThirdMax = (1 << ThirdBits) - 1,
        SecondMax = (1 << SecondBits) - 1,
        FirstMax = (1 << FirstBits) - 1;
    private const int SegmentsMax = (1 << SegmentsBits) - 1,
        PackedSegments = 4;

    /// <summary>The layout of version 0. Kept values are relative to it, so that <c>default</c> is that
    /// version.</summary>
    private const ulong Zero = ((ulong)Phase.Final << PhaseShift) | 1;

    private readonly ulong bits;
    private readonly FullVersion? full;

    private Version(ulong layout, FullVersion? full) => (bits, this.full) = (layout ^ Zero, full);

    private ulong Layout => bits ^ Zero;

    /// <summary>What orders: everything but the number of segments.</summary>
    private ulong Key => (bits ^ Zero) >> SegmentsBits;

    /// <summary>Epoch, 0 where none is written (PEP 440, "Version epochs").</summary>
    public BigInteger Epoch => EpochNumeral.ToBigInteger();

    /// <summary>The numbers of the release, as many as were written; at least one (PEP 440, "Final
    /// releases").</summary>
    public IReadOnlyList<BigInteger> Release
    {
        get
        {
            var release = new BigInteger[SegmentCount];
            for (var i = 0; i < release.Length; i++)
                release[i] = Segment(i).ToBigInteger();
            return release;
        }
    }

    /// <summary>The pre-release part, or null: <c>a</c>, <c>b</c> or <c>rc</c> and its number (PEP 440,
    /// "Pre-releases").</summary>
    public (string Letter, BigInteger Number)? Pre =>
        PreLetter is { } letter ? (LetterOf(letter), PreNumber.ToBigInteger()) : null;

    /// <summary>The number of the post-release, or null (PEP 440, "Post-releases").</summary>
    public BigInteger? Post => PostNumeral?.ToBigInteger();

    /// <summary>The number of the development release, or null (PEP 440, "Developmental releases").</summary>
    public BigInteger? Dev => DevNumeral?.ToBigInteger();

    /// <summary>Whether it has a pre-release or a development part.</summary>
    public bool IsPrerelease =>
        full is null ? PackedPhase < Phase.Final : full.PreLetter is not null || full.Dev is not null;

    /// <summary>Whether it has a post-release part.</summary>
    public bool IsPostrelease => full is null ? PackedPhase == Phase.Post : full.Post is not null;

    /// <summary>Whether it has a development part.</summary>
    public bool IsDevrelease => full is null ? PackedPhase == Phase.Development : full.Dev is not null;

    /// <summary>The local label with dots and in lower case, or null (PEP 440, "Local version identifiers").</summary>
    public string? Local => full?.Local is { } local ? string.Join('.', local) : null;

    /// <summary>Epoch and release alone.</summary>
    public Version BaseVersion => Make(EpochNumeral, Segments(), null, default, null, null, null);

    /// <summary>Without the local label.</summary>
    public Version Public =>
        full?.Local is null
            ? this
            : Make(full.Epoch, full.Release, full.PreLetter, full.PreNumber, full.Post, full.Dev, null);

    internal bool HasLocal => full?.Local is not null;

    private Phase PackedPhase => (Phase)((Layout >> PhaseShift) & ((1 << PhaseBits) - 1));

    private Numeral PackedNumber => new((Layout >> NumberShift) & NumberMax);

    internal Numeral EpochNumeral => full?.Epoch ?? default;

    internal int SegmentCount => full?.Release.Length ?? (int)(Layout & SegmentsMax);

    internal Phase? PreLetter =>
        full is not null ? full.PreLetter
        : PackedPhase is Phase.Alpha or Phase.Beta or Phase.Candidate ? PackedPhase
        : null;

    internal Numeral PreNumber =>
        full is not null ? full.PreNumber
        : PreLetter is null ? default
        : PackedNumber;

    internal Numeral? PostNumeral =>
        full is not null ? full.Post
        : PackedPhase == Phase.Post ? PackedNumber
        : null;

    internal Numeral? DevNumeral =>
        full is not null ? full.Dev
        : PackedPhase == Phase.Development ? PackedNumber
        : null;

    /// <summary>A number of the release; zero past its end.</summary>
    internal Numeral Segment(int index)
    {
        if (full is not null)
            return index < full.Release.Length ? full.Release[index] : default;
        return index switch
        {
            0 => new(Layout >> FirstShift),
            1 => new((Layout >> SecondShift) & SecondMax),
            2 => new((Layout >> ThirdShift) & ThirdMax),
            3 => new((Layout >> FourthShift) & FourthMax),
            _ => default,
        };
    }

    internal Numeral[] Segments()
    {
        if (full is not null)
            return full.Release;
        var segments = new Numeral[SegmentCount];
        for (var i = 0; i < segments.Length; i++)
            segments[i] = Segment(i);
        return segments;
    }

    /// <summary>From parts that are known to be well formed; packed wherever they fit.</summary>
    internal static Version Make(
        Numeral epoch,
        Numeral[] release,
        Phase? preLetter,
        Numeral preNumber,
        Numeral? post,
        Numeral? dev,
        LocalSegment[]? local
    )
    {
        var parts = new FullVersion
        {
            Epoch = epoch,
            Release = release,
            PreLetter = preLetter,
            PreNumber = preNumber,
            Post = post,
            Dev = dev,
            Local = local,
        };
        var layout = LayoutOf(parts, out var exact);
        return exact && release.Length <= SegmentsMax ? new(layout | (uint)release.Length, null) : new(layout, parts);
    }

    /// <summary>The same release and pre-release with these suffixes, and without local label.</summary>
    internal Version With(Numeral? post, Numeral? dev) =>
        Make(EpochNumeral, Segments(), PreLetter, PreNumber, post, dev, null);

    /// <summary>The layout without the number of segments, and whether it says everything that orders.</summary>
    private static ulong LayoutOf(FullVersion parts, out bool exact)
    {
        exact = false;
        if (!parts.Epoch.IsZero)
            return ulong.MaxValue;
        ulong layout = 0;
        if (
            !Place(parts, 0, FirstMax, FirstShift, ref layout)
            || !Place(parts, 1, SecondMax, SecondShift, ref layout)
            || !Place(parts, 2, ThirdMax, ThirdShift, ref layout)
            || !Place(parts, 3, FourthMax, FourthShift, ref layout)
        )
            return layout;
        if (parts.SignificantSegments() > PackedSegments)
            return layout | ((1UL << FourthShift) - 1);
        layout |= (ulong)parts.Phase << PhaseShift;
        var number = parts.PhaseNumber;
        if (!number.IsSmall || number.Small > NumberMax)
            return layout | ((1UL << PhaseShift) - 1);
        exact = parts.HasOnlyPhase;
        return layout | (number.Small << NumberShift);
    }

    private static bool Place(FullVersion parts, int index, ulong max, int shift, ref ulong layout)
    {
        if (index >= parts.Release.Length)
            return true;
        var segment = parts.Release[index];
        if (segment.IsSmall && segment.Small <= max)
        {
            layout |= segment.Small << shift;
            return true;
        }
        layout |= max << shift | ((1UL << shift) - 1);
        return false;
    }

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(Version a, Version b) => a.Equals(b);

    /// <summary>Whether they are not equal.</summary>
    public static bool operator !=(Version a, Version b) => !a.Equals(b);

    /// <summary>Whether <paramref name="a"/> sorts before <paramref name="b"/>.</summary>
    public static bool operator <(Version a, Version b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> sorts after <paramref name="b"/>.</summary>
    public static bool operator >(Version a, Version b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> does not sort after <paramref name="b"/>.</summary>
    public static bool operator <=(Version a, Version b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> does not sort before <paramref name="b"/>.</summary>
    public static bool operator >=(Version a, Version b) => a.CompareTo(b) >= 0;

    private static string LetterOf(Phase letter) =>
        letter switch
        {
            Phase.Alpha => "a",
            Phase.Beta => "b",
            _ => "rc",
        };

    /// <summary>Normalised text (PEP 440, "Normalization").</summary>
    public override string ToString() => Format(SegmentCount);

    /// <summary>Normalised text without the trailing zeros of the release: one text for all versions that are equal
    /// (PEP 625).</summary>
    public string ToCanonicalString()
    {
        var count = SegmentCount;
        while (count > 1 && Segment(count - 1).IsZero)
            count--;
        return Format(count);
    }

    private string Format(int segments)
    {
        if (full is null && segments <= PackedSegments && PackedPhase == Phase.Final)
            return FormatRelease(segments);
        var text = new StringBuilder();
        if (!EpochNumeral.IsZero)
            text.Append(EpochNumeral).Append('!');
        for (var i = 0; i < segments; i++)
            text.Append(i == 0 ? "" : ".").Append(Segment(i));
        if (PreLetter is { } letter)
            text.Append(LetterOf(letter)).Append(PreNumber);
        if (PostNumeral is { } post)
            text.Append(".post").Append(post);
        if (DevNumeral is { } dev)
            text.Append(".dev").Append(dev);
        if (Local is { } local)
            text.Append('+').Append(local);
        return text.ToString();
    }

    private string FormatRelease(int segments)
    {
        Span<char> buffer = stackalloc char[PackedSegments * 6];
        var length = 0;
        for (var i = 0; i < segments; i++)
        {
            if (i > 0)
                buffer[length++] = '.';
            Segment(i).Small.TryFormat(buffer[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
        }
        return new string(buffer[..length]);
    }
}
