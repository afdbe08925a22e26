using System.Numerics;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Lockfiles;

/// <summary>Chooses what an environment gets from a lock file, step by step as the standard lists them (PEP 751,
/// "Installation").</summary>
internal sealed class LockSelection(PyLock file, MarkerEnvironment environment, SupportedTags tags)
{
    /// <summary>Runs the steps; the first that fails is the answer.</summary>
    public DocumentResult<IReadOnlyList<SelectedPackage>> Run(
        IReadOnlyCollection<ExtraName> extras,
        IReadOnlyCollection<string>? groups
    )
    {
        // Groups requested by name replace the default ones; both kinds are known to the file, others are a mistake
        // of whoever asks.
        var offered = new HashSet<string>(
            (file.DependencyGroups ?? []).Concat(file.DefaultGroups ?? []).Select(Normalize),
            StringComparer.Ordinal
        );
        foreach (var group in groups ?? [])
        {
            if (!offered.Contains(Normalize(group)))
                return Fail(
                    0,
                    $"no dependency group {OneLine.Quote(group)} in the lock file",
                    offered.Count == 0 ? "none" : $"one of {string.Join(", ", offered)}"
                );
        }
        foreach (var extra in extras)
        {
            if (file.Extras?.Contains(extra) != true)
                return Fail(
                    0,
                    $"no extra '{extra}' in the lock file",
                    file.Extras is { Count: > 0 } ? $"one of {string.Join(", ", file.Extras)}" : "none"
                );
        }
        if (Python() is not { } python)
            return Fail(0, $"python_full_version {OneLine.Quote(environment.PythonFullVersion)}", "a version");
        if (file.RequiresPython is { } required && !required.Contains(python, prereleases: true))
            return Fail(0, $"Python {python}", $"Python {required}, as the lock file requires");
        if (JudgeEnvironments() is { } wrong)
            return wrong;

        var context = new MarkerContext
        {
            Environment = environment,
            Extras = [.. extras.Select(e => e.Normalized)],
            DependencyGroups = [.. groups ?? file.DefaultGroups ?? []],
        };
        var chosen = new List<SelectedPackage>();
        var lines = new Dictionary<PackageName, int>();
        foreach (var package in file.Packages)
        {
            if (package.Marker is { } marker)
            {
                var holds = marker.TryEvaluate(context);
                if (!holds.Success)
                    return Fail(
                        package.Line,
                        $"the marker {OneLine.Quote(marker.ToString())} of {package.Name}: {holds.Error.Found}",
                        holds.Error.Expected
                    );
                if (!holds.Value)
                    continue;
            }
            if (package.RequiresPython is { } bound && !bound.Contains(python, prereleases: true))
                return Fail(package.Line, $"Python {python}", $"Python {bound}, as {package.Name} requires");
            if (!lines.TryAdd(package.Name, package.Line))
                return Fail(
                    package.Line,
                    $"a second entry of {package.Name} that holds here, the first in line {lines[package.Name]}",
                    "one (PEP 751, \"packages\")"
                );
            if (Source(package) is not { } source)
                return Fail(
                    package.Line,
                    $"no wheel of {package.Name} that this interpreter can use, and no sdist{Listed(package.Wheels)}",
                    "a file to install"
                );
            chosen.Add(new SelectedPackage(package, source));
        }
        return DocumentResult<IReadOnlyList<SelectedPackage>>.Of(chosen);
    }

    private static string Listed(IReadOnlyList<LockedFile>? wheels) =>
        wheels is { Count: > 0 }
            ? $" (only {OneLine.Of(string.Join(", ", wheels.Select(each => each.FileName)))})"
            : "";

    private DocumentResult<IReadOnlyList<SelectedPackage>>? JudgeEnvironments()
    {
        if (file.Environments is not { } environments)
            return null;
        foreach (var marker in environments)
        {
            var holds = marker.TryEvaluate(new MarkerContext { Environment = environment });
            if (!holds.Success)
                return Fail(
                    0,
                    $"the environment {OneLine.Quote(marker.ToString())}: {holds.Error.Found}",
                    holds.Error.Expected
                );
            if (holds.Value)
                return null;
        }
        return Fail(
            0,
            "another environment",
            environments.Count == 0
                ? "none: the list of environments is empty"
                : $"one of {string.Join("; ", environments)}"
        );
    }

    /// <summary>A Python built from a working copy calls itself <c>3.14.0+</c>, which is no version until something
    /// follows the sign.</summary>
    private Version? Python()
    {
        var text = environment.PythonFullVersion;
        var parsed = Version.TryParse(text.EndsWith('+') ? text + "local" : text);
        return parsed.Success ? parsed.Value : null;
    }

    private LockedSource? Source(LockedPackage package)
    {
        if (package.VersionControl is { } repository)
            return new LockedSource.VersionControl(repository);
        if (package.Directory is { } folder)
            return new LockedSource.Directory(folder);
        if (package.Archive is { } archive)
            return new LockedSource.Archive(archive);
        if (BestWheel(package.Wheels ?? []) is { } wheel)
            return new LockedSource.Wheel(wheel);
        return package.Sdist is { } sdist ? new LockedSource.Sdist(sdist) : null;
    }

    /// <summary>The wheel with the best tag; of equals the one with the highest build tag (PEP 427), of those the
    /// first.</summary>
    private LockedFile? BestWheel(IReadOnlyList<LockedFile> wheels)
    {
        LockedFile? best = null;
        var bestKey = (Index: int.MaxValue, Build: (BigInteger.Zero, ""));
        foreach (var wheel in wheels)
        {
            var name = WheelFileName.TryParse(wheel.FileName);
            if (!name.Success || tags.BestIndex(name.Value.Tags) is not (>= 0 and var index))
                continue;
            var build = name.Value.BuildTag is { } tag ? (tag.Number, tag.Suffix) : (BigInteger.MinusOne, "");
            if (
                index > bestKey.Index
                || (index == bestKey.Index && best is not null && Compare(build, bestKey.Build) <= 0)
            )
                continue;
            (best, bestKey) = (wheel, (index, build));
        }
        return best;
    }

    private static int Compare((BigInteger Number, string Suffix) a, (BigInteger Number, string Suffix) b) =>
        a.Number != b.Number ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Suffix, b.Suffix);

    private static string Normalize(string group) =>
        PackageName.TryParse(group) is { Success: true } name ? name.Value.Normalized : group;

    private DocumentResult<IReadOnlyList<SelectedPackage>> Fail(int line, string found, string expected) =>
        DocumentResult<IReadOnlyList<SelectedPackage>>.Failed(new DocumentError(file.File, line, 0, found, expected));
}
