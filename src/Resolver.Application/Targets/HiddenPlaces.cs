using Resolver.Archives.Distributions;
using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;

namespace Resolver.Application.Targets;

/// <summary>Where a distribution that a plan lacks may be all the same: left out by an option, behind a finder, or in
/// a site folder that is not on the path. Only looked at for hints.</summary>
internal static class HiddenPlaces
{
    /// <param name="leftOut">What is installed and does not count.</param>
    public static IEnumerable<HiddenDistribution> Of(
        PackageName project,
        Interpreter interpreter,
        IReadOnlyList<Distribution> leftOut
    )
    {
        foreach (var each in leftOut.Where(each => each.Name == project))
        {
            var behind =
                each.Path is not { } path
                || !interpreter.SearchPath.Any(entry => Path.GetDirectoryName(path) == entry.TrimEnd('/'));
            yield return new HiddenDistribution(
                each.Version?.ToString(),
                each.Path,
                behind ? "finder" : "no-installed",
                behind
                    ? $"is served by a finder of {interpreter.Executable}, but installed distributions are ignored"
                    : "is installed, but ignored because of --no-installed or another Python or platform"
            );
        }
        foreach (var folder in Folders(interpreter))
        {
            foreach (var found in InFolder(project, folder))
                yield return found;
        }
    }

    /// <summary>Site folders of the same Python that are not on its path: of the installation a virtual environment
    /// was made from, of the environment that is active, the user's own.</summary>
    private static IEnumerable<string> Folders(Interpreter interpreter)
    {
        var known = interpreter.SearchPath.Select(Path.TrimEndingDirectorySeparator).ToHashSet(StringComparer.Ordinal);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        IEnumerable<string?> prefixes =
        [
            interpreter.BasePrefix,
            Environment.GetEnvironmentVariable("VIRTUAL_ENV"),
            home.Length > 0 ? Path.Combine(home, ".local") : null,
        ];
        var version = interpreter.Environment.PythonVersion;
        return prefixes
            .Where(each => !string.IsNullOrEmpty(each))
            .SelectMany(prefix =>
                (string[])
                    [
                        Path.Combine(prefix!, "lib", $"python{version}", "site-packages"),
                        Path.Combine(prefix!, "lib", "python3", "dist-packages"),
                        Path.Combine(prefix!, "Lib", "site-packages"),
                    ]
            )
            .Distinct(StringComparer.Ordinal)
            .Where(each => !known.Contains(each) && Directory.Exists(each));
    }

    private static IEnumerable<HiddenDistribution> InFolder(PackageName project, string folder)
    {
        string[] found;
        try
        {
            found = [.. Directory.EnumerateDirectories(folder, "*.dist-info").Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        foreach (var path in found)
        {
            var parts = Path.GetFileNameWithoutExtension(path).Split('-');
            if (
                parts.Length == 2
                && PackageName.TryParse(parts[0]) is { Success: true, Value: var name }
                && name == project
            )
                yield return new HiddenDistribution(
                    parts[1],
                    path,
                    "other-prefix",
                    $"is installed there, outside the path of builds: add --installed {folder}"
                );
        }
    }
}
