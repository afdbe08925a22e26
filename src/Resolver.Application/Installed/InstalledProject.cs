using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Packaging.Installed;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Application.Installed;

/// <summary>One installed project, with what its metadata folder tells; the files of that are read when they are asked
/// for, and one that is not there or cannot be read tells nothing.</summary>
public sealed class InstalledProject
{
    private readonly Lazy<CoreMetadata?> metadata;
    private readonly Lazy<DirectUrl?> origin;

    /// <param name="distribution">Installed, with a name.</param>
    /// <param name="eggLink">As <see cref="EggLink"/>.</param>
    public InstalledProject(Distribution distribution, string? eggLink = null)
    {
        Distribution = distribution;
        EggLink = eggLink;
        metadata = new(() =>
            (Text("METADATA") ?? Text("PKG-INFO") ?? (Folder is null ? TextOf(MetadataPath) : null)) is { } text
                ? CoreMetadata.Read(text)
                : null
        );
        origin = new(() =>
            Text("direct_url.json") is { } text && DirectUrl.TryParse(text) is { Success: true, Value: var read }
                ? read
                : null
        );
    }

    /// <summary>As it was found.</summary>
    public Distribution Distribution { get; }

    public PackageName Name => Distribution.Name!.Value;

    /// <summary>The name as the metadata spells it.</summary>
    public string RawName => Distribution.RawName ?? Name.ToString();

    /// <summary>The version; as the metadata spells it where that is none by PEP 440; null where there is none at
    /// all.</summary>
    public string? Version => Distribution.Version?.ToString() ?? Metadata?.RawVersion;

    /// <summary>Its dist-info or egg-info, absolute; null if a finder reported it without a path.</summary>
    public string? MetadataPath => Distribution.Path is { } path ? Path.GetFullPath(path) : null;

    /// <summary>The folder that holds the metadata's folder, absolute; null as for
    /// <see cref="MetadataPath"/>.</summary>
    public string? Location => MetadataPath is { } path ? Path.GetDirectoryName(path) : null;

    /// <summary>Its METADATA or PKG-INFO.</summary>
    public CoreMetadata? Metadata => metadata.Value;

    /// <summary>Where it came from, if it was requested by a reference (PEP 610).</summary>
    public DirectUrl? Origin => origin.Value;

    /// <summary>The <c>.egg-link</c> file that leads to it, absolute, if setuptools installed it editable
    /// (<c>setup.py develop</c>); null otherwise.</summary>
    public string? EggLink { get; }

    /// <summary>The build tag of the wheel that it was installed from (its WHEEL file); null where there is
    /// none.</summary>
    public string? BuildTag => Text("WHEEL") is { } text ? CoreMetadata.Read(text, "WHEEL").Value("Build") : null;

    /// <summary>The tool that installed it (PEP 376).</summary>
    public string? InstalledBy => Text("INSTALLER") is { } text ? Installer.Read(text) : null;

    /// <summary>Whether a person requested it; null where nothing says.</summary>
    public bool? IsRequested => Installer.WasRequested(Exists("INSTALLER"), Exists("REQUESTED"));

    /// <summary>The tree it runs from, if it is installed editable (PEP 660, or an <see cref="EggLink"/>); null
    /// otherwise.</summary>
    public string? EditableLocation =>
        EggLink is not null ? Location
        : Origin is { Source: DirectUrlSource.LocalDirectory { Editable: true } } editable
        && Uri.TryCreate(editable.Url, UriKind.Absolute, out var url)
        && url.IsFile
            ? url.LocalPath
        : null;

    /// <summary>Its files as RECORD or <c>installed-files.txt</c> has them: absolute, or relative to
    /// <see cref="Location"/>; null where there is no list.</summary>
    public IReadOnlyList<string>? Files =>
        Text("RECORD") is { } record ? [.. Record.Read(record).Entries.Select(entry => entry.Path)]
        : Text("installed-files.txt") is { } list
            ?
            [
                .. list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line =>
                        Path.GetRelativePath(Location!, Path.GetFullPath(Path.Combine(MetadataPath!, line.Trim())))
                            .Replace('\\', '/')
                    ),
            ]
        : null;

    /// <summary>The lines of <c>entry_points.txt</c>; empty where there is none.</summary>
    public IReadOnlyList<string> EntryPoints =>
        [.. (Text("entry_points.txt") ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private string? Folder => MetadataPath is { } path && Directory.Exists(path) ? path : null;

    private bool Exists(string file) => Folder is { } folder && File.Exists(Path.Combine(folder, file));

    private string? Text(string file) => Folder is { } folder ? TextOf(Path.Combine(folder, file)) : null;

    private static string? TextOf(string? path)
    {
        try
        {
            return path is not null && File.Exists(path) ? DiskFile.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
