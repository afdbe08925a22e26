using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;

namespace Resolver.Application.Archives;

/// <summary>What is said about files that could not be read: fatal where they were asked for by name, passed over
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
            .Select(distribution => distribution.Path?.Split('#') ?? [])
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0])
            .ToHashSet();
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
    /// was asked for by name and what it requires is nonsense.</summary>
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

    /// <summary>Says which files were passed over.</summary>
    /// <param name="given">The paths as given.</param>
    /// <exception cref="InputException">One of them was asked for by name.</exception>
    public static void Tell(IReadOnlyList<Distribution> found, IReadOnlyCollection<string> given, Notices notices)
    {
        var unreadable = Projects(found)
            .Select(distribution =>
                (Distribution: distribution, Problem: Defect(distribution, IsAskedByName(distribution, given)))
            )
            .Where(each => each.Problem is not null)
            .ToList();
        if (unreadable.Find(each => IsAskedByName(each.Distribution, given)) is { Problem: { } fatal })
            throw InputException.BadInput(fatal.Message);
        foreach (var each in unreadable.Take(notices.ListsAllSkippedFiles ? int.MaxValue : Shown))
            notices.Warning(each.Problem!.Message);
        if (!notices.ListsAllSkippedFiles && unreadable.Count > Shown)
            notices.Warning($"{unreadable.Count - Shown} more files were passed over; 'resolver scan' lists them");
    }

    private static bool Same(string given, string path) =>
        string.Equals(given.Replace('\\', '/').TrimEnd('/'), path.TrimEnd('/'), StringComparison.Ordinal);
}
