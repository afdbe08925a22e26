using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Application.Archives;

/// <summary>What is said about files that could not be read: fatal where they were requested by name, passed over
/// where they merely lie in a directory.</summary>
public static class SkippedFiles
{
    private const int Shown = 10;

    /// <summary>Whether the path itself was given, rather than a directory above it.</summary>
    public static bool IsAskedByName(Distribution distribution, IReadOnlyCollection<string> given) =>
        distribution.Path is { } path && given.Any(each => Same(each, path));

    /// <summary>All but the archives whose projects lie in subfolders and have lines of their own: that such a file
    /// is no project itself is no defect.</summary>
    public static IReadOnlyList<Distribution> Projects(IReadOnlyList<Distribution> found)
    {
        var withParts = found
            .Select(distribution => DistributionPath.Parse(distribution.Path ?? ""))
            .Where(path => path.Subdirectory is not null)
            .Select(path => new DistributionPath(path.File).ToString())
            .ToHashSet(StringComparer.Ordinal);
        return withParts.Count == 0
            ? found
            :
            [
                .. found.Where(distribution =>
                    distribution.Name is not null || !withParts.Contains(distribution.Path ?? "")
                ),
            ];
    }

    /// <summary>Why nothing of the distribution can be used, or null where something can.</summary>
    public static ArchiveProblem? Fatal(Distribution distribution) =>
        distribution.Problems.FirstOrDefault(problem => problem.Fatal);

    /// <summary>Why the distribution takes no part: nothing of it can be used, it has no name or no version, or it
    /// was requested by name and what it requires is nonsense.</summary>
    public static ArchiveProblem? Defect(Distribution distribution, bool askedByName) =>
        Fatal(distribution)
        ?? (
            distribution is { Name: not null, Version: not null } ? null
            : distribution.Problems.Count > 0 ? distribution.Problems[0]
            : null
        )
        ?? (
            askedByName
                ? distribution.Problems.FirstOrDefault(problem =>
                    problem.Code is "requirement-invalid" or "requires-python-invalid"
                )
                : null
        );

    /// <summary>Says how many files could not be used: those that matter to an answer are reported with it. With
    /// <c>-v</c> each is reported.</summary>
    /// <param name="given">The paths as given.</param>
    /// <exception cref="InputException">One of them was requested by name.</exception>
    public static void TellCount(IReadOnlyList<Distribution> found, IReadOnlyCollection<string> given, Notices notices)
    {
        var unusable = Unusable(found, given);
        if (notices.ListsAllSkippedFiles)
        {
            foreach (var each in unusable)
                notices.Warning(each.Problem.Message);
        }
        else if (unusable.Count > 0)
            notices.Warning($"{Count.Of(unusable.Count, "file")} cannot be used; see resolver scan");
    }

    /// <summary>Says which files were passed over.</summary>
    /// <param name="given">The paths as given.</param>
    /// <exception cref="InputException">One of them was requested by name.</exception>
    public static void Tell(IReadOnlyList<Distribution> found, IReadOnlyCollection<string> given, Notices notices)
    {
        var unusable = Unusable(found, given);
        foreach (var each in unusable.Take(notices.ListsAllSkippedFiles ? int.MaxValue : Shown))
            notices.Warning(each.Problem.Message);
        if (!notices.ListsAllSkippedFiles && unusable.Count > Shown)
            notices.Warning($"{Count.Of(unusable.Count - Shown, "more file")} cannot be used; see resolver scan");
    }

    private static List<(Distribution Distribution, ArchiveProblem Problem)> Unusable(
        IReadOnlyList<Distribution> found,
        IReadOnlyCollection<string> given
    )
    {
        var unusable = new List<(Distribution Distribution, ArchiveProblem Problem)>();
        foreach (var each in Projects(found))
        {
            var isAskedByName = IsAskedByName(each, given);
            if (Defect(each, isAskedByName) is not { } problem)
                continue;
            if (isAskedByName)
                throw InputException.BadInput(problem.Message);
            unusable.Add((each, problem));
        }
        return unusable;
    }

    private static bool Same(string given, string path) =>
        string.Equals(Plain(given), Plain(path), StringComparison.Ordinal);

    // A path that holds '#subdirectory=' itself is distinguished by what stands behind it, which nobody types.
    private static string Plain(string path)
    {
        var read = DistributionPath.Parse(OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path);
        return (read.Subdirectory is null ? read.File : read.ToString()).TrimEnd('/');
    }
}
