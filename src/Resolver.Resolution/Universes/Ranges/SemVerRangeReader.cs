using System.Text;
using NuGet.Versioning;

namespace Resolver.Resolution.Universes.Ranges;

/// <summary>SemVer 2 versions and ranges as NuGet reads them. A range holds what lies between its bounds in the order
/// of versions, pre-releases included, as <see cref="VersionRangeBase.Satisfies(NuGetVersion)"/> says.</summary>
internal sealed class SemVerRangeReader() : RankedRangeReader<NuGetVersion>(VersionComparer.Default)
{
    protected override bool TryParse(string text, out NuGetVersion version) =>
        NuGetVersion.TryParse(text, out version!);

    protected override bool TryParseRange(ReadOnlySpan<byte> text, out Bounds range, out string reason)
    {
        reason = "";
        if (
            text.Trim((byte)' ').Length > 0
            && VersionRange.TryParse(Encoding.UTF8.GetString(text), true, out var parsed)
        )
        {
            range = new Bounds(
                parsed.HasLowerBound,
                parsed.MinVersion!,
                parsed.IsMinInclusive,
                parsed.HasUpperBound,
                parsed.MaxVersion!,
                parsed.IsMaxInclusive
            );
            return true;
        }

        // NuGet refuses intervals that hold nothing, such as [1.0.0, 1.0.0); a universe may well say that nothing
        // will do.
        return base.TryParseRange(text, out range, out reason);
    }

    protected override bool RefuseVersion(ReadOnlySpan<byte> text, out string reason)
    {
        reason = $"'{Encoding.UTF8.GetString(text)}' is no version that NuGet reads";
        return false;
    }
}
