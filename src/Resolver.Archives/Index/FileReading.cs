using Resolver.Archives.Distributions;
using Resolver.Archives.Reading;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Index;

/// <summary>What reading one archive file gave, freed from the directory it lies in: a function of its content and
/// its name alone, so that it can be kept.</summary>
/// <param name="Distributions">The file's own first. Where their texts name the file, <see cref="Folder"/> stands for
/// its directory.</param>
internal sealed record FileReading(IReadOnlyList<Distribution> Distributions)
{
    /// <summary>Stands for the directory as given. No path and no message can hold a NUL of its own.</summary>
    public const string Folder = "\0";

    /// <summary>The path by which a file is read that is to be kept.</summary>
    public static string Shown(string name) => Folder + name;

    /// <summary>The distributions of a file below a directory.</summary>
    /// <param name="prefix">What stands before the file's name in its path as given: empty, or ending in
    /// <c>/</c>.</param>
    public IReadOnlyList<Distribution> At(string prefix)
    {
        var result = new Distribution[Distributions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var each = Distributions[i];
            result[i] = each with
            {
                Path = PathAt(each.Path!, prefix),
                Problems =
                    each.Problems.Count == 0
                        ? []
                        : [.. each.Problems.Select(p => p with { Place = At(p.Place, prefix) })],
            };
        }
        return result;
    }

    /// <summary>A text that names the file, with its directory in it.</summary>
    public static string At(string text, string prefix) => text.Replace(Folder, prefix, StringComparison.Ordinal);

    /// <summary>The path of a distribution, with its directory in it.</summary>
    public static string PathAt(string path, string prefix)
    {
        var (file, subdirectory) = DistributionPath.Parse(path);
        return new DistributionPath(At(file, prefix), subdirectory).ToString();
    }

    /// <summary>Names of the projects that a solver can choose these as.</summary>
    public IEnumerable<string> Projects =>
        Distributions
            .Where(d => d is { Name: not null, Version: not null })
            .Select(d => d.Name!.Value.Normalized)
            .Distinct();

    /// <summary>Whether something is to be said about the file in every plan over its directory: that nothing of it
    /// can be used.</summary>
    public bool IsDefective =>
        Distributions.Any(d => d.Name is null || d.Version is null || d.Problems.Any(p => p.Fatal));

    /// <summary>Whether another reading of the same bytes would give the same: the disk did not get in the
    /// way.</summary>
    public bool CanBeKept =>
        Distributions is [{ Sha256: not null }, ..]
        && !Distributions.Any(d =>
            d.Problems.Any(p => p.Code is "unreadable" or "archive-changed" or ReadingFault.Code)
        );
}
