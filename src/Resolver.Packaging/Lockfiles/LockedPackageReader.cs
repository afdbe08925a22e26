using System.Globalization;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Lockfiles;

/// <summary>Reads one entry of <c>[[packages]]</c> rule by rule.</summary>
internal sealed class LockedPackageReader(LockTable fields)
{
    private static readonly string[] Keys =
    [
        "name",
        "version",
        "marker",
        "requires-python",
        "dependencies",
        "vcs",
        "directory",
        "archive",
        "index",
        "sdist",
        "wheels",
        "attestation-identities",
        "tool",
    ];

    private static readonly string[] FileKeys = ["name", "upload-time", "url", "path", "size", "hashes"];

    public LockedPackage Read()
    {
        fields.WarnOfOtherKeys(Keys);
        var package = new LockedPackage
        {
            Name = ReadName(),
            Version = fields.Struct("version", Versions.Version.TryParse),
            Marker = fields.Value("marker", Marker.TryParse),
            RequiresPython = fields.Value("requires-python", SpecifierSet.TryParse),
            Dependencies = fields.Tables("dependencies"),
            VersionControl = fields.Table("vcs") is { } vcs ? ReadVersionControl(fields.Inner(vcs, "vcs.")) : null,
            Directory = fields.Table("directory") is { } directory
                ? ReadDirectory(fields.Inner(directory, "directory."))
                : null,
            Archive = fields.Table("archive") is { } archive
                ? ReadFile(fields.Inner(archive, "archive."), isArchive: true)
                : null,
            Index = fields.Text("index"),
            Sdist = fields.Table("sdist") is { } sdist
                ? ReadFile(fields.Inner(sdist, "sdist."), isArchive: false)
                : null,
            Wheels = fields.Tables("wheels")?.Select(ReadWheel).ToList(),
            AttestationIdentities = fields.Tables("attestation-identities"),
            Tool = fields.Table("tool"),
            Line = fields.Node.Line,
        };
        foreach (var identity in package.AttestationIdentities ?? [])
            fields.Inner(identity, "attestation-identities.").RequiredText("kind");
        foreach (var dependency in package.Dependencies ?? [])
        {
            if (dependency.Entries.Count == 0)
                fields.Report(
                    dependency,
                    "an empty table in 'packages.dependencies'",
                    "keys that identify the other package"
                );
        }
        JudgeSources(package);
        JudgeFileNames(package);
        return package;
    }

    /// <summary>Trees, archives and index files exclude each other; at least one source must be there.</summary>
    private void JudgeSources(LockedPackage package)
    {
        string[] sources =
        [
            .. package.VersionControl is null ? [] : new[] { "vcs" },
            .. package.Directory is null ? [] : new[] { "directory" },
            .. package.Archive is null ? [] : new[] { "archive" },
            .. package.Sdist is null && package.Wheels is not { Count: > 0 } ? [] : new[] { "sdist or wheels" },
        ];
        if (sources.Length == 0)
            fields.Report(
                fields.Node,
                $"no source of {OneLine.Quote(package.Name.Normalized)}",
                "one of vcs, directory, archive, or sdist and wheels"
            );
        if (sources.Length > 1)
            fields.Report(
                fields.Node,
                $"{string.Join(" and ", sources)} of {OneLine.Quote(package.Name.Normalized)}",
                "only one of them"
            );
        if (package.Version is not null && (package.VersionControl is not null || package.Directory is not null))
            fields.Report(
                fields.Node["version"]!,
                $"a version of the source tree {OneLine.Quote(package.Name.Normalized)}",
                "none: it cannot be guaranteed"
            );
    }

    /// <summary>A wheel must be one of this package and version. An sdist's name only warns: legacy names say little,
    /// and what is in the file decides (PEP 625).</summary>
    private void JudgeFileNames(LockedPackage package)
    {
        if (package.Name == default)
            return;
        foreach (
            var (wheel, node) in (package.Wheels ?? []).Zip(
                fields.Node.Array("wheels")?.Items.OfType<TomlTable>() ?? []
            )
        )
        {
            if (WheelFileName.TryParse(wheel.FileName) is not { Success: true, Value: var name })
                continue;
            if (name.Name != package.Name || (package.Version is { } version && name.Version != version))
                fields.Report(
                    node,
                    $"the wheel {OneLine.Quote(wheel.FileName)}",
                    $"one of {package.Name} {package.Version}".TrimEnd()
                );
        }
        if (package.Sdist is { FileName.Length: > 0 } sdist)
        {
            var name = SdistFileName.TryParse(sdist.FileName);
            if (
                !name.Success
                || name.Value.Name != package.Name
                || (package.Version is { } version && name.Value.Version != version)
            )
                fields.Warn(
                    fields.Node["sdist"]!,
                    $"the sdist {OneLine.Quote(sdist.FileName)}",
                    $"the name of an sdist of {package.Name} {package.Version}".TrimEnd()
                );
        }
    }

    private PackageName ReadName()
    {
        var written = fields.RequiredText("name");
        if (fields.Node["name"] is not TomlText node)
            return default;
        var parsed = PackageName.TryParse(written);
        if (!parsed.Success)
        {
            fields.Report(
                node,
                $"{parsed.Error.Found} in packages.name {OneLine.Quote(written)}",
                parsed.Error.Expected
            );
            return default;
        }
        if (parsed.Value.Normalized != written)
            fields.Report(node, OneLine.Quote(written), $"the normalised name '{parsed.Value}'");
        return parsed.Value;
    }

    private LockedFile ReadWheel(TomlTable table)
    {
        var wheel = ReadFile(fields.Inner(table, "wheels."), isArchive: false);
        if (wheel.FileName.Length > 0 && WheelFileName.TryParse(wheel.FileName).Error is { } error)
            fields.Report(
                table,
                $"{error.Found} in the wheel's file name {OneLine.Quote(wheel.FileName)}",
                error.Expected
            );
        return wheel;
    }

    private static LockedFile ReadFile(LockTable file, bool isArchive)
    {
        file.WarnOfOtherKeys(isArchive ? [.. FileKeys.Skip(1), "subdirectory"] : FileKeys);
        var size = file.Integer("size");
        if (size < 0)
            file.Report(file.Node["size"]!, $"the size {size}", "a number of bytes");
        var read = new LockedFile
        {
            Name = isArchive ? null : file.Text("name"),
            UploadTime = ReadTime(file),
            Url = file.Text("url"),
            Path = file.Text("path"),
            Size = size,
            Hashes = ReadHashes(file),
            Subdirectory = isArchive ? ReadSubdirectory(file) : null,
        };
        RequireUrlOrPath(file, read.Url, read.Path);
        if (!isArchive && (read.FileName.Length == 0 || read.FileName.AsSpan().ContainsAny('/', '\\')))
            file.Report(
                file.Node,
                $"the file name {OneLine.Quote(read.FileName)}",
                "a file name without a folder, in name, path or url"
            );
        return read;
    }

    private static DateTimeOffset? ReadTime(LockTable file)
    {
        if (file.Date("upload-time") is not { } date)
            return null;
        // A time without an offset is taken as UTC, which it must be; any other offset is refused as the standard says.
        var isDateAndTime = date.Text.Length > 10 && date.Text[4] == '-';
        if (
            !isDateAndTime
            || !DateTimeOffset.TryParse(
                date.Text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            || time.Offset != TimeSpan.Zero
        )
        {
            file.Report(date, date.Describe(), "a date and time in UTC");
            return null;
        }
        return time;
    }

    private static List<KeyValuePair<string, string>> ReadHashes(LockTable file)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!file.Node.Has("hashes"))
            file.Report(file.Node, "no key 'hashes'", "the key 'hashes' with at least one hash");
        if (file.Table("hashes") is not { } table)
            return [];
        if (table.Entries.Count == 0)
            file.Report(table, "an empty table 'hashes'", "at least one hash");
        foreach (var (algorithm, value) in table.Entries)
        {
            if (value is not TomlText digest)
                file.Report(value, $"{value.Describe()} in 'hashes'", "a string");
            else if (!hashes.TryAdd(algorithm.ToLowerInvariant(), digest.Value))
                file.Report(value, $"the algorithm {OneLine.Quote(algorithm)} twice", "each algorithm once");
        }
        return [.. hashes];
    }

    private static LockedVersionControl ReadVersionControl(LockTable vcs)
    {
        vcs.WarnOfOtherKeys(["type", "url", "path", "requested-revision", "commit-id", "subdirectory"]);
        var read = new LockedVersionControl(
            vcs.RequiredText("type"),
            vcs.Text("url"),
            vcs.Text("path"),
            vcs.Text("requested-revision"),
            vcs.RequiredText("commit-id"),
            ReadSubdirectory(vcs)
        );
        RequireUrlOrPath(vcs, read.Url, read.Path);
        return read;
    }

    private static LockedDirectory ReadDirectory(LockTable directory)
    {
        directory.WarnOfOtherKeys(["path", "editable", "subdirectory"]);
        return new LockedDirectory(
            directory.RequiredText("path"),
            directory.Boolean("editable"),
            ReadSubdirectory(directory)
        );
    }

    private static void RequireUrlOrPath(LockTable source, string? url, string? path)
    {
        if (string.IsNullOrEmpty(url) && string.IsNullOrEmpty(path))
            source.Report(source.Node, "neither 'url' nor 'path'", "one of them");
    }

    /// <summary>Relative to the root of the tree, and inside it: a lock file may come from anywhere.</summary>
    private static string? ReadSubdirectory(LockTable source)
    {
        if (source.Text("subdirectory") is not { } path)
            return null;
        var parts = path.Split('/', '\\');
        if (
            parts.Contains("..")
            || path.StartsWith('/')
            || path.StartsWith('\\')
            || (path.Length > 1 && path[1] == ':')
        )
            source.Report(
                source.Node["subdirectory"]!,
                $"the subdirectory {OneLine.Quote(path)}",
                "a folder inside the source tree"
            );
        return path;
    }
}
