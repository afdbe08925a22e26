using System.Collections.Concurrent;
using System.Globalization;
using Resolver.Archives.Containers;

namespace Resolver.Execution.Commands;

/// <summary>What <c>SOURCE_DATE_EPOCH</c> a build gets where the user sets none: the date of the newest file of its
/// source.</summary>
/// <remarks>A constant would make two builds alike as well, but projects take their version from this date (calver,
/// <c>tag_date</c>): with a day in 1980, trove-classifiers becomes 1980.1.1 and nothing that needs it can be
/// built.</remarks>
internal static class SourceDate
{
    /// <summary>The variable (https://reproducible-builds.org/specs/source-date-epoch/).</summary>
    public const string Variable = "SOURCE_DATE_EPOCH";

    // The first and the last day that a zip, and so a wheel, can name.
    private const long Earliest = 315532800;
    private const long Latest = 4354732800;

    private static readonly ConcurrentDictionary<(string File, DateTime Written), string> Known = new();

    /// <summary>The variable's value.</summary>
    /// <param name="file">The archive or the tree; absolute.</param>
    /// <returns>The first day of 1980 where no file states a date.</returns>
    public static string Of(string file) =>
        Known.GetOrAdd(
            (file, File.GetLastWriteTimeUtc(file)),
            static key =>
                Math.Clamp(NewestMember.Of(key.File, ContainerLimits.Default) ?? Earliest, Earliest, Latest)
                    .ToString(CultureInfo.InvariantCulture)
        );
}
