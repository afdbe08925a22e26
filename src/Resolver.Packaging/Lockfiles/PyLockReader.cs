using NuGet.Versioning;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Lockfiles;

/// <summary>Reads the top level of a lock file rule by rule (PEP 751, "File Format").</summary>
internal sealed class PyLockReader(TomlTable document, string file)
{
    private static readonly string[] Keys =
    [
        "lock-version",
        "environments",
        "requires-python",
        "extras",
        "dependency-groups",
        "default-groups",
        "created-by",
        "packages",
        "tool",
    ];

    private readonly List<DocumentError> errors = [];
    private readonly List<DocumentError> warnings = [];

    /// <summary>Everything that was wrong, by line.</summary>
    public IReadOnlyList<DocumentError> Errors => errors;

    /// <summary>The lock; null where a later major version makes the rest unreadable, meaningless where there are
    /// errors.</summary>
    public PyLock? Read()
    {
        var fields = new LockTable(document, "", file, errors, warnings);
        var version = ReadLockVersion(fields);
        if (errors.Count > 0)
            return null;
        fields.WarnOfOtherKeys(Keys);
        var packages = new List<LockedPackage>();
        foreach (var table in fields.Tables("packages") ?? Missing())
            packages.Add(new LockedPackageReader(new LockTable(table, "packages.", file, errors, warnings)).Read());

        var read = new PyLock
        {
            LockVersion = version,
            Environments = fields.List("environments", Marker.TryParse),
            RequiresPython = fields.Value("requires-python", SpecifierSet.TryParse),
            Extras = fields.List("extras", ExtraName.TryParse),
            DependencyGroups = fields.Texts("dependency-groups"),
            DefaultGroups = fields.Texts("default-groups"),
            CreatedBy = fields.RequiredText("created-by"),
            Packages = packages,
            Tool = fields.Table("tool"),
            File = file,
        };
        errors.Sort(ByPlace);
        warnings.Sort(ByPlace);
        return read with { Warnings = warnings };

        IReadOnlyList<TomlTable> Missing()
        {
            if (!document.Has("packages"))
                fields.Report(document, "no key 'packages'", "the key 'packages'");
            return [];
        }
    }

    private static int ByPlace(DocumentError a, DocumentError b) => (a.Line, a.Column).CompareTo((b.Line, b.Column));

    /// <summary>A later minor version is read with a warning, a later major one is refused (PEP 751,
    /// "lock-version").</summary>
    private string ReadLockVersion(LockTable fields)
    {
        var written = fields.RequiredText("lock-version");
        if (errors.Count > 0)
            return written;
        var node = document["lock-version"]!;
        // Numbers only: NuGet.Versioning also knows labels, which no lock-version has.
        if (!written.All(c => char.IsAsciiDigit(c) || c == '.') || !NuGetVersion.TryParse(written, out var version))
            fields.Report(node, $"lock-version {OneLine.Quote(written)}", "a version such as '1.0'");
        else if (version.Major != 1)
            fields.Report(node, $"lock-version {written}", "1.0: another major version is another format");
        else if (version > NuGetVersion.Parse(PyLock.NewestLockVersion))
            warnings.Add(
                new DocumentError(
                    file,
                    node.Line,
                    node.Column,
                    $"lock-version {written}",
                    $"at most {PyLock.NewestLockVersion}, the newest supported version"
                )
            );
        return written;
    }
}
