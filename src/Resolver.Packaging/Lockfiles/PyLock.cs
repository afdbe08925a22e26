using System.Text;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Lockfiles;

/// <summary>A lock file <c>pylock.toml</c> (PEP 751): the whole model, read strictly, written with stable
/// bytes.</summary>
/// <remarks>Surprises of the standard:
/// <list type="bullet">
/// <item>Only <c>pylock.toml</c> and <c>pylock.NAME.toml</c> with no dot in NAME are lock files
/// (<see cref="IsFileName"/>).</item>
/// <item><c>packages.dependencies</c> is for auditors: what is installed is decided by each entry's own marker
/// alone.</item>
/// <item>Two entries of one name are fine until both hold in an environment; then it is an error, not a choice.</item>
/// <item>A package whose <c>requires-python</c> does not hold is an error; it is not skipped.</item>
/// <item>Markers may say <c>'x' in extras</c> and <c>'y' in dependency_groups</c>, which stand nowhere else.</item>
/// <item>There is nothing about build requirements: they were dropped from the standard, so tools keep theirs in
/// <c>[tool]</c>.</item>
/// </list>
/// Immutable; safe to share between threads.</remarks>
public sealed record PyLock
{
    /// <summary>The newest lock-version known here.</summary>
    public const string NewestLockVersion = "1.0";

    /// <summary><c>lock-version</c> as written.</summary>
    public string LockVersion { get; init; } = NewestLockVersion;

    /// <summary>Environments the file is for; null where it does not say.</summary>
    public IReadOnlyList<Marker>? Environments { get; init; }

    /// <summary><c>requires-python</c>: the Pythons the lock is for, which an installer must check; null where it
    /// does not say.</summary>
    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>Extras that may be requested; null where absent, which means none (written as an empty list it says
    /// 'there were none to lock').</summary>
    public IReadOnlyList<ExtraName>? Extras { get; init; }

    /// <summary>Groups that may be requested; null where absent, which means none.</summary>
    public IReadOnlyList<string>? DependencyGroups { get; init; }

    /// <summary>Groups that hold when none is requested; null where absent.</summary>
    public IReadOnlyList<string>? DefaultGroups { get; init; }

    /// <summary>The tool that made the file.</summary>
    public required string CreatedBy { get; init; }

    /// <summary><c>packages</c>, in the order of the file; a name may repeat where markers tell its entries
    /// apart.</summary>
    public required IReadOnlyList<LockedPackage> Packages { get; init; }

    /// <summary><c>[tool]</c>, kept as it stands; null where absent.</summary>
    public TomlTable? Tool { get; init; }

    /// <summary>How messages name the file.</summary>
    public string File { get; init; } = "pylock.toml";

    /// <summary>What a reader should be warned of: keys that the standard does not know, a newer minor
    /// version.</summary>
    public IReadOnlyList<DocumentError> Warnings { get; init; } = [];

    /// <summary>Whether a file of this name (without its folder) is a lock file:
    /// <c>^pylock\.([^.]+\.)?toml$</c>.</summary>
    public static bool IsFileName(string name)
    {
        if (name == "pylock.toml")
            return true;
        const string prefix = "pylock.",
            suffix = ".toml";
        return name.Length > prefix.Length + suffix.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(suffix, StringComparison.Ordinal)
            && !name[prefix.Length..^suffix.Length].Contains('.', StringComparison.Ordinal);
    }

    /// <summary>Reads bytes, which must be UTF-8.</summary>
    /// <param name="file">How messages name the file.</param>
    /// <returns>The lock, or the first error by line; <see cref="Validate"/> gives all of them.</returns>
    public static DocumentResult<PyLock> TryParse(ReadOnlySpan<byte> utf8, string file = "pylock.toml") =>
        From(TomlDocument.TryParse(utf8, file), file);

    /// <summary>Reads text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<PyLock> TryParse(string text, string file = "pylock.toml") =>
        From(TomlDocument.TryParse(text, file), file);

    /// <summary>Every error of a text, by line; empty where it is a lock file.</summary>
    public static IReadOnlyList<DocumentError> Validate(string text, string file = "pylock.toml")
    {
        var document = TomlDocument.TryParse(text, file);
        if (!document.Success)
            return [document.Error];
        var reader = new PyLockReader(document.Value, file);
        reader.Read();
        return reader.Errors;
    }

    /// <summary>What an environment gets from this file (PEP 751, "Installation"), in the order of the file.</summary>
    /// <param name="environment">Where it is installed.</param>
    /// <param name="tags">What the interpreter accepts.</param>
    /// <param name="extras">The extras requested; null means none. One that the file does not list is an error.</param>
    /// <param name="groups">The dependency groups requested; null means <see cref="DefaultGroups"/>, an empty list
    /// none at all. One that the file does not list is an error.</param>
    /// <returns>The packages, or the first error: the environment or its Python is not one the file is for, two
    /// entries of one name hold, a package excludes this Python, or has no wheel that fits and no sdist.</returns>
    public DocumentResult<IReadOnlyList<SelectedPackage>> Select(
        MarkerEnvironment environment,
        SupportedTags tags,
        IReadOnlyCollection<ExtraName>? extras = null,
        IReadOnlyCollection<string>? groups = null
    ) => new LockSelection(this, environment, tags).Run(extras ?? [], groups);

    /// <summary>The file's text: keys in the order of the standard, packages in the order given, <c>\n</c> between
    /// lines. The same lock gives the same bytes.</summary>
    public string ToToml() => PyLockWriter.Write(this);

    /// <summary>The file's bytes (UTF-8, no byte order mark).</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToToml());

    private static DocumentResult<PyLock> From(DocumentResult<TomlTable> document, string file)
    {
        if (!document.Success)
            return DocumentResult<PyLock>.Failed(document.Error);
        var reader = new PyLockReader(document.Value, file);
        var read = reader.Read();
        return reader.Errors is [var first, ..]
            ? DocumentResult<PyLock>.Failed(first)
            : DocumentResult<PyLock>.Of(read!);
    }
}
