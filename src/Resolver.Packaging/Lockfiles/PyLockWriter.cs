using System.Globalization;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Lockfiles;

/// <summary>Writes a lock file: keys in the order in which the standard names them, one way to write each
/// value.</summary>
internal static class PyLockWriter
{
    public static string Write(PyLock file)
    {
        var toml = new TomlWriter();
        toml.Pair("lock-version", file.LockVersion);
        if (file.Environments is { } environments)
            toml.Pair("environments", environments.Select(e => e.ToReadableText()));
        if (file.RequiresPython is { } python)
            toml.Pair("requires-python", python.ToString());
        if (file.Extras is { } extras)
            toml.Pair("extras", extras.Select(e => e.Normalized));
        if (file.DependencyGroups is { } groups)
            toml.Pair("dependency-groups", groups);
        if (file.DefaultGroups is { } defaults)
            toml.Pair("default-groups", defaults);
        toml.Pair("created-by", file.CreatedBy);
        if (file.Packages.Count == 0)
            toml.Pair("packages", (string[])[]);
        foreach (var package in file.Packages)
            WritePackage(toml, package);
        if (file.Tool is { } tool)
            toml.Table(["tool"], tool);
        return toml.ToString();
    }

    private static void WritePackage(TomlWriter toml, LockedPackage package)
    {
        toml.BlankLine();
        toml.Header(["packages"], ofArray: true);
        toml.Pair("name", package.Name.Normalized);
        if (package.Version is { } version)
            toml.Pair("version", version.ToString());
        if (package.Marker is { } marker)
            toml.Pair("marker", marker.ToReadableText());
        if (package.RequiresPython is { } python)
            toml.Pair("requires-python", python.ToString());
        if (package.Dependencies is { } dependencies)
            toml.Lines("dependencies", dependencies);
        if (package.VersionControl is { } vcs)
            toml.Pair("vcs", Table(vcs));
        if (package.Directory is { } directory)
            toml.Pair("directory", Table(directory));
        if (package.Archive is { } archive)
            toml.Pair("archive", Table(archive));
        if (package.Index is { } index)
            toml.Pair("index", index);
        if (package.Sdist is { } sdist)
            toml.Pair("sdist", Table(sdist));
        if (package.Wheels is { } wheels)
            toml.Lines("wheels", wheels.Select(Table));
        if (package.AttestationIdentities is { } identities)
            toml.Lines("attestation-identities", identities);
        if (package.Tool is { } tool)
            toml.Table(["packages", "tool"], tool);
    }

    private static TomlTable Table(LockedFile file) =>
        Of(
            ("name", Text(file.Name)),
            ("upload-time", Time(file.UploadTime)),
            ("url", Text(file.Url)),
            ("path", Text(file.Path)),
            ("size", file.Size is { } size ? new TomlInteger(size) : null),
            (
                "hashes",
                new TomlTable(
                    file.Hashes.OrderBy(h => h.Key, StringComparer.Ordinal)
                        .Select(h => KeyValuePair.Create(h.Key, (TomlNode)new TomlText(h.Value)))
                )
            ),
            ("subdirectory", Text(file.Subdirectory))
        );

    private static TomlTable Table(LockedVersionControl vcs) =>
        Of(
            ("type", Text(vcs.Type)),
            ("url", Text(vcs.Url)),
            ("path", Text(vcs.Path)),
            ("requested-revision", Text(vcs.RequestedRevision)),
            ("commit-id", Text(vcs.CommitId)),
            ("subdirectory", Text(vcs.Subdirectory))
        );

    private static TomlTable Table(LockedDirectory directory) =>
        Of(
            ("path", Text(directory.Path)),
            ("editable", directory.Editable is { } editable ? new TomlBoolean(editable) : null),
            ("subdirectory", Text(directory.Subdirectory))
        );

    private static TomlTable Of(params ReadOnlySpan<(string Key, TomlNode? Value)> entries)
    {
        var present = new List<KeyValuePair<string, TomlNode>>();
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                present.Add(new(key, value));
        }
        return new TomlTable(present);
    }

    private static TomlText? Text(string? value) => value is null ? null : new TomlText(value);

    private static TomlDateTime? Time(DateTimeOffset? time) =>
        time is { } moment
            ? new TomlDateTime(
                moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
                true
            )
            : null;
}
