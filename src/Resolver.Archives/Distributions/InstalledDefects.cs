using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Distributions;

/// <summary>What can be wrong with an installed distribution, so that it does not count, or not as what it
/// says.</summary>
public static class InstalledDefects
{
    /// <summary>The code of the problem that another of the same name comes first.</summary>
    public const string Shadowed = "shadowed";

    /// <summary>The code of the problem that an interrupted pip left it behind
    /// (<see cref="InstalledFolderName.IsLeftover"/>).</summary>
    public const string Leftover = "interrupted-leftover";

    /// <summary>Whether a problem is a defect of the metadata: no version, or a value that cannot be read.</summary>
    public static bool IsOfMetadata(ArchiveProblem problem) => problem.Code is not (Shadowed or Leftover);

    /// <summary>Whether the metadata has a defect.</summary>
    public static bool IsBroken(Distribution distribution) => distribution.Problems.Any(IsOfMetadata);

    /// <summary>Whether an interrupted pip left it.</summary>
    public static bool IsLeftover(Distribution distribution) =>
        distribution.Problems.Any(problem => problem.Code == Leftover);

    /// <summary>Whether an installed distribution, broken or left over, stands for a project: by its metadata, else by
    /// its folder.</summary>
    public static bool IsOf(Distribution distribution, PackageName project) =>
        (
            distribution.Name
            ?? (
                distribution.RawName is { } raw && PackageName.TryParse(raw) is { Success: true, Value: var name }
                    ? name
                : distribution.Path is { } path ? InstalledFolderName.ProjectOf(path)
                : null
            )
        ) == project;
}
