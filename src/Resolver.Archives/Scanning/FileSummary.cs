using System.Globalization;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>The summary of a distribution that was read once, in few bytes: an archive may hold
/// millions.</summary>
/// <param name="Project">A number for its name; -1 where it has none.</param>
/// <param name="Key">The same for all of one name and version, and for all wheels of one file name; 0 where it stands
/// for no content.</param>
/// <param name="Content">The beginning of its file's hash.</param>
internal readonly record struct FileSummary(int Project, int Key, ulong Content, Remark Remarks, byte TitleLength)
{
    public static FileSummary Of(Distribution each, Func<string, int> project) =>
        new(
            each.Name is { } name ? project(name.Normalized) : -1,
            each.Sha256 is null ? 0 : KeyOf(each),
            each.Sha256 is { } sha256
                ? ulong.Parse(sha256.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : 0,
            RemarksOn(each),
            (byte)
                Math.Min(
                    byte.MaxValue,
                    each.Name is { } its ? its.Normalized.Length + 1 + (each.Version?.ToString().Length ?? 1) : 1
                )
        );

    private static int KeyOf(Distribution each) =>
        each switch
        {
            { Kind: DistributionKind.Wheel, Path: { } path } => path.AsSpan(path.LastIndexOf('/') + 1) is var file
                ? string.GetHashCode(file, StringComparison.Ordinal) | 1
                : 0,
            { Kind: DistributionKind.Sdist, Name: { } name, Version: { } version } => HashCode.Combine(name, version)
                | 1,
            _ => 0,
        };

    private static Remark RemarksOn(Distribution each)
    {
        var remarks =
            (each.Name is null ? Remark.Unreadable : 0)
            | (each.Version is null ? Remark.Unversioned : 0)
            | (ArchiveReport.LegacyOf(each) is null ? 0 : Remark.Legacy)
            | (each.Path is { } path && DistributionPath.Parse(path).Subdirectory is not null ? Remark.Part : 0);
        foreach (var problem in each.Problems)
        {
            if (problem.Fatal)
                remarks |= Remark.Unreadable;
            remarks |= problem.Code switch
            {
                "duplicate-content-differs" => Remark.Differing,
                "name-mismatch" or "wheel-name-invalid" or "archive-suffix" => Remark.Misnamed,
                "metadata-dynamic" => Remark.Unknown,
                ArchiveFileReader.InFolder => Remark.Container,
                _ => 0,
            };
        }
        return (remarks & Remark.Container) == 0 ? remarks : Remark.Container;
    }
}

/// <summary>What is remarkable in one distribution.</summary>
[Flags]
internal enum Remark : byte
{
    Differing = 1,
    Misnamed = 2,
    Unreadable = 4,
    Legacy = 8,
    Unknown = 16,

    /// <summary>Its version is not known.</summary>
    Unversioned = 32,

    /// <summary>It is a project in a folder of an archive.</summary>
    Part = 64,

    /// <summary>It is no project itself: the projects are in its folders, and have lines of their own.</summary>
    Container = 128,
}
