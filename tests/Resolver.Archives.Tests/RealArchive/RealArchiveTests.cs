using System.Globalization;
using System.Text.Json;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Tests.RealArchive;

/// <summary>Static reading against what the projects' own backends said, over a folder of real tarballs. Outside CI:
/// RESOLVER_REAL_ARCHIVE names the folder, RESOLVER_REAL_TRUTH the file of answers (a JSON object a line: file, rc,
/// name, version, requires_dist, requires_python).</summary>
public sealed class RealArchiveTests
{
    [Fact]
    public void Every_value_that_is_known_and_not_weak_equals_the_backends_answer()
    {
        var folder = Environment.GetEnvironmentVariable("RESOLVER_REAL_ARCHIVE");
        var truthFile = Environment.GetEnvironmentVariable("RESOLVER_REAL_TRUTH");
        Assert.SkipUnless(
            Directory.Exists(folder) && File.Exists(truthFile),
            "set RESOLVER_REAL_ARCHIVE and RESOLVER_REAL_TRUTH"
        );
        var found = ArchiveScanner
            .Scan([folder], ScanOptions.Default, TestContext.Current.CancellationToken)
            .Where(d => !d.Path!.Contains('#', StringComparison.Ordinal))
            .ToDictionary(d => Path.GetFileName(d.Path!), StringComparer.Ordinal);
        var table = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var (compared, known) = (0, 0);
        foreach (var line in File.ReadLines(truthFile))
        {
            using var truth = JsonDocument.Parse(line);
            if (
                truth.RootElement.GetProperty("rc").GetInt32() != 0
                || !found.TryGetValue(truth.RootElement.GetProperty("file").GetString()!, out var read)
            )
                continue;
            compared++;
            if (read.Name is not null && read.Version is not null && read.RequiresDist is not null)
                known++;
            foreach (var value in (string[])["name", "version", "requires_dist", "requires_python"])
            {
                var source = read.Known.GetValueOrDefault(value);
                var isRight = source is not null && Agrees(read, truth.RootElement, value);
                var key =
                    $"{value,-16}{source?.Text() ?? "unknown",-16}{(source is null ? "" : isRight ? "right" : "wrong")}";
                table[key] = table.GetValueOrDefault(key) + 1;
                if (source is { } known2 && !isRight && !IsWeak(value, known2))
                    wrong.Add($"{read.Path} {value} by {known2.Text()}");
            }
        }
        foreach (var (key, count) in table)
            TestContext.Current.TestOutputHelper!.WriteLine($"{key,-40}{count,5}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{compared} compared, {known} known or weakly known "
                + $"({(100.0 * known / Math.Max(1, compared)).ToString("F0", CultureInfo.InvariantCulture)} %)"
        );

        Assert.Empty(wrong);
        Assert.True(known >= 0.7 * compared);
    }

    /// <summary>Only these two may disagree with a build (issue: metadata agreement).</summary>
    private static bool IsWeak(string value, MetadataSource source) =>
        value.Length > 0 && source is MetadataSource.FolderName or MetadataSource.OldPkgInfo;

    private static bool Agrees(Distribution read, JsonElement truth, string value)
    {
        var text =
            truth.GetProperty(value).ValueKind == JsonValueKind.String ? truth.GetProperty(value).GetString()! : "";
        return value switch
        {
            "name" => read.Name == PackageName.Parse(text),
            "version" => read.Version == Version.Parse(text),
            "requires_python" => (read.RequiresPython ?? SpecifierSet.Any).Equals(SpecifierSet.Parse(text)),
            _ => read.RequiresDist!.Select(Key)
                .ToHashSet()
                .SetEquals(
                    truth.GetProperty(value).EnumerateArray().Select(r => Key(Requirement.Parse(r.GetString()!)))
                ),
        };
    }

    /// <summary>A requirement without regard to the order of what its marker joins by 'and'.</summary>
    private static string Key(Requirement requirement)
    {
        var marker = requirement.Marker?.ToString() ?? "";
        if (!marker.Contains(" or ", StringComparison.Ordinal))
            marker = string.Join(
                " and ",
                marker.Split(" and ").Select(p => p.Trim('(', ')', ' ')).Order(StringComparer.Ordinal)
            );
        return $"{requirement.Name}[{string.Join(',', requirement.Extras)}]{requirement.Specifier}{requirement.Url};"
            + $"{marker}";
    }
}
