using Resolver.Archives.Containers;
using Resolver.Archives.Files;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;
using Resolver.Resolution.Candidates;

namespace Resolver.Application.Archives;

/// <summary>The licence that a distribution declares. Nothing is concluded from the texts of its licence files.</summary>
/// <param name="Text">An SPDX expression, or a name in the author's words; one line.</param>
/// <param name="IsExpression">Whether it is declared as an SPDX expression (PEP 639).</param>
public sealed record ProjectLicence(string Text, bool IsExpression)
{
    // A License field may hold the whole text of a licence.
    private const int LongestName = 120;

    private const string Classifier = "License :: ";

    /// <summary>Reads what each candidate declares: files are opened once more, and nothing in them is run.</summary>
    /// <returns>Those that declare a licence; what cannot be read declares none.</returns>
    public static IReadOnlyDictionary<Candidate, ProjectLicence> Of(
        IReadOnlyList<Candidate> candidates,
        CancellationToken cancellation = default
    )
    {
        var found = new ProjectLicence?[candidates.Count];
        Parallel.For(
            0,
            candidates.Count,
            new ParallelOptions { CancellationToken = cancellation },
            i => found[i] = Of(candidates[i], cancellation)
        );
        return candidates
            .Zip(found)
            .Where(each => each.Second is not null)
            .DistinctBy(each => each.First)
            .ToDictionary(each => each.First, each => each.Second!);
    }

    /// <summary>What one candidate declares; null where it declares no licence or cannot be read.</summary>
    public static ProjectLicence? Of(Candidate candidate, CancellationToken cancellation = default)
    {
        if (candidate.Path is not { } path)
            return null;
        try
        {
            return candidate.Kind switch
            {
                DistributionKind.Installed => OfFolder(path, null),
                DistributionKind.Tree => OfFolder(
                    DistributionPath.Parse(path).File,
                    DistributionPath.Parse(path).Subdirectory
                ),
                _ => OfContainer(DistributionPath.Parse(path), candidate.Kind, cancellation),
            };
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ContainerException or ArgumentException)
        {
            return null;
        }
    }

    private static ProjectLicence? OfFolder(string folder, string? subdirectory)
    {
        var place = subdirectory is null ? folder : Path.Combine(folder, subdirectory);
        foreach (var name in (string[])["METADATA", "PKG-INFO", "pyproject.toml"])
        {
            var file = Path.Combine(place, name);
            if (DiskFile.KindOf(file) == FileKind.Regular && Read(name, DiskFile.ReadAllBytes(file)) is { } licence)
                return licence;
        }
        return null;
    }

    private static ProjectLicence? OfContainer(
        DistributionPath path,
        DistributionKind kind,
        CancellationToken cancellation
    )
    {
        var names = kind == DistributionKind.Wheel ? (string[])["METADATA"] : ["PKG-INFO", "pyproject.toml"];
        var depth = (path.Subdirectory?.Count(c => c == '/') + 1 ?? 0) + 2;
        var inside = path.Subdirectory is { } folder ? $"/{folder}/" : "/";
        var contents = ContainerReader.Read(
            path.File,
            entry =>
                entry.Path.Split('/') is var parts
                && parts.Length <= depth
                && names.Contains(parts[^1])
                && $"/{entry.Path}".Contains(inside, StringComparison.Ordinal),
            ContainerLimits.Default,
            hash: false,
            cancellation
        );
        return names
            .SelectMany(name =>
                contents
                    .Kept.Where(each => each.Key.Split('/')[^1] == name)
                    .OrderByDescending(each => each.Key.Count(c => c == '/'))
            )
            .Select(each => Read(each.Key.Split('/')[^1], each.Value))
            .FirstOrDefault(licence => licence is not null);
    }

    private static ProjectLicence? Read(string name, byte[] content) =>
        name == "pyproject.toml" ? OfPyProject(content) : OfMetadata(CoreMetadata.Read(content));

    private static ProjectLicence? OfMetadata(CoreMetadata metadata)
    {
        if (Line(metadata.LicenseExpression) is { } expression)
            return new ProjectLicence(expression, true);
        if (Line(metadata.Value("License")) is { } name)
            return new ProjectLicence(name, false);
        var classifiers = metadata
            .Values("Classifier")
            .Where(each => each.StartsWith(Classifier, StringComparison.Ordinal))
            .Select(each => each[(each.LastIndexOf("::", StringComparison.Ordinal) + 2)..].Trim())
            .ToList();
        return classifiers.Count > 0 ? new ProjectLicence(string.Join(", ", classifiers), false) : null;
    }

    private static ProjectLicence? OfPyProject(byte[] content)
    {
        if (PyProject.TryParse(content) is not { Success: true, Value: var project })
            return null;
        if (Line(project.Project?.LicenseExpression) is { } expression)
            return new ProjectLicence(expression, true);
        var name =
            project.Document.Table("project")?.Table("license")?.Text("text")
            ?? project.Tool("poetry")?.Text("license");
        return Line(name) is { } text ? new ProjectLicence(text, false) : null;
    }

    private static string? Line(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestName } line
        && !line.Contains('\n', StringComparison.Ordinal)
        && !line.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase)
            ? line
            : null;
}
