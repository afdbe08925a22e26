using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Metadata;

namespace Resolver.Archives.Metadata;

/// <summary>Reads a wheel (PEP 427): its file name, <c>*.dist-info/METADATA</c> and <c>WHEEL</c>, and whether RECORD
/// is there.</summary>
internal static class WheelContents
{
    private const int NewestMajor = 1;

    /// <summary>Whether an entry's content is needed.</summary>
    public static bool Wants(ContainerEntry entry) =>
        entry.Path.Split('/') is [var folder, "METADATA" or "WHEEL"]
        && folder.EndsWith(".dist-info", StringComparison.Ordinal);

    public static Distribution Read(ContainerContents contents, string fileName, Distribution blank)
    {
        var path = blank.Path!;
        var problems = new List<ArchiveProblem>(blank.Problems);
        var named = WheelFileName.TryParse(fileName);
        if (!named.Success)
            problems.Add(new("wheel-name-invalid", path, named.Error.ToString(), true));
        var folders = contents
            .Entries.Keys.Select(p => p.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? p[..at] : "")
            .Where(f => f.EndsWith(".dist-info", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        if (folders is not [var folder])
        {
            problems.Add(
                new(
                    "not-a-distribution",
                    path,
                    folders.Count == 0
                        ? "no .dist-info folder is in it"
                        : $"several .dist-info folders are in it "
                            + $"({string.Join(", ", folders.Order(StringComparer.Ordinal))})",
                    true
                )
            );
            return blank with { Problems = problems };
        }
        JudgeWheelFile(contents, folder, path, problems);
        if (!contents.Entries.ContainsKey($"{folder}/RECORD"))
            problems.Add(new("wheel-without-record", path, $"{folder}/RECORD is missing (PEP 427)", true));
        if (contents.Kept.GetValueOrDefault($"{folder}/METADATA") is not { } bytes)
        {
            problems.Add(new("metadata-invalid", path, $"{folder}/METADATA is missing", true));
            return blank with { Problems = problems };
        }

        if (MetadataBounds.HasTooManyFields(bytes))
        {
            problems.Add(
                new("metadata-too-large", path, $"{folder}/METADATA has more than {MetadataBounds.Fields} fields", true)
            );
            return blank with { Problems = problems };
        }
        var metadata = CoreMetadata.Read(bytes, $"{path}!{folder}/METADATA");
        var read = FromMetadata(metadata, blank, MetadataSource.WheelMetadata, problems);
        if (named.Success && read.Name is { } name && name != named.Value.Name)
            problems.Add(
                new("name-mismatch", path, $"the file's name says {named.Value.Name}, METADATA says {name}", true)
            );
        if (named.Success && read.Version is { } version && version != named.Value.Version)
            problems.Add(
                new(
                    "name-mismatch",
                    path,
                    $"the file's name says version {named.Value.Version}, METADATA says {version}",
                    true
                )
            );
        return read with { Wheel = named.Success ? named.Value : null, Problems = problems };
    }

    /// <summary>Fills a distribution from final metadata: a wheel's or an installed one's, where Dynamic is
    /// information only.</summary>
    public static Distribution FromMetadata(
        CoreMetadata metadata,
        Distribution blank,
        MetadataSource source,
        List<ArchiveProblem> problems
    )
    {
        var findings = new Findings();
        if (!metadata.IsSupported)
            problems.Add(
                new(
                    "metadata-invalid",
                    metadata.File,
                    $"Metadata-Version {metadata.MetadataVersionText} is newer than this program supports",
                    true
                )
            );
        else
        {
            findings.OfferName(metadata.RawName, source, metadata.File);
            findings.OfferVersion(metadata.RawVersion, source, metadata.File);
            findings.OfferPython(metadata.RawRequiresPython, source, metadata.File);
            findings.OfferRequires(
                metadata.RequiresDist,
                metadata.ProvidesExtra.Select(e => e.Normalized),
                source,
                metadata.File
            );
            if (metadata.RawName is null || metadata.RawVersion is null)
                problems.Add(
                    metadata.Defects is [var first, ..]
                        ? ArchiveProblem.At(first, "metadata-invalid", true)
                        : new("metadata-invalid", metadata.File, "no name or no version", true)
                );
        }
        problems.AddRange(findings.Problems);
        return blank with
        {
            Name = findings.Name,
            RawName = findings.RawName,
            Version = findings.Version,
            RequiresPython = findings.RequiresPython,
            RequiresDist = findings.RequiresDist,
            Extras = findings.Extras,
            Known = new SortedDictionary<string, MetadataSource?>(StringComparer.Ordinal)
            {
                ["name"] = findings.NameSource,
                ["version"] = findings.VersionSource,
                ["requires_dist"] = findings.RequiresDistSource,
                ["requires_python"] = findings.RequiresPythonSource,
                ["extras"] = findings.ExtrasSource,
            },
            Problems = problems,
        };
    }

    private static void JudgeWheelFile(
        ContainerContents contents,
        string folder,
        string path,
        List<ArchiveProblem> problems
    )
    {
        if (contents.Kept.GetValueOrDefault($"{folder}/WHEEL") is not { } bytes)
        {
            problems.Add(new("wheel-invalid", path, $"{folder}/WHEEL is missing (PEP 427)", true));
            return;
        }
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var version = text.ReplaceLineEndings("\n")
            .Split('\n')
            .FirstOrDefault(l => l.StartsWith("Wheel-Version:", StringComparison.OrdinalIgnoreCase))
            ?[14..].Trim();
        if (!MetadataVersion.TryParse(version ?? "", out var parsed))
            problems.Add(new("wheel-invalid", path, $"{folder}/WHEEL has no readable Wheel-Version", true));
        else if (parsed.Major > NewestMajor)
            problems.Add(
                new(
                    "wheel-invalid",
                    path,
                    $"Wheel-Version {parsed} is newer than this program supports ({NewestMajor}.x)",
                    true
                )
            );
    }
}
