using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Metadata;

/// <summary>A <c>PKG-INFO</c> or <c>METADATA</c> file, core metadata 1.0 to 2.6 (PEP 241, 314, 345, 566, 643, 639,
/// 685, 794, 808), read tolerantly: whatever the bytes are, there is an answer, and <see cref="Defects"/> says what
/// was wrong. <see cref="Validate"/> judges strictly.</summary>
/// <remarks>Surprises of the standard:
/// <list type="bullet">
/// <item>There is no grammar: the format is what <c>email.parser</c> reads. The first line that is no field ends the
/// fields.</item>
/// <item>Before 2.2 nothing but name and version is guaranteed, and a missing Requires-Dist does not mean 'no
/// dependencies' (17 of 19 wrong ones in a real archive).</item>
/// <item>In a wheel or an installed distribution <c>Dynamic</c> is information only: every value there is final.
/// <see cref="Knowledge"/> is about source distributions.</item>
/// <item>From 2.6 on a value that is present and Dynamic is a lower bound; in 2.2 to 2.5 it says nothing.</item>
/// <item><c>Requires</c> (1.1) names modules, not distributions: it is never read as Requires-Dist.</item>
/// </list>
/// Immutable; safe to share between threads.</remarks>
public sealed class CoreMetadata
{
    private readonly List<DocumentError> defects;
    private readonly HashSet<string> dynamic = new(StringComparer.OrdinalIgnoreCase);

    private CoreMetadata(MetadataReader reader, string file)
    {
        File = file;
        Fields = reader.Fields;
        defects = reader.Defects;
        Body = reader.Body;
        ReadFormat();
        ReadIdentity();
        RequiresDist =
        [
            .. Fields.Where(f => Is(f, "Requires-Dist")).Select(f => DeclaredRequirement.Read(Unfold(f.Value), f.Line)),
        ];
        defects.AddRange(RequiresDist.Select(r => r.ErrorIn(file)).OfType<DocumentError>());
        ReadRequiresPython();
        ProvidesExtra = ReadExtras();
        dynamic.UnionWith(Values("Dynamic"));
        ReportDuplicates();
        defects.Sort((a, b) => a.Line.CompareTo(b.Line));
    }

    /// <summary>How messages name the file.</summary>
    public string File { get; }

    /// <summary>Every field in the order of the file.</summary>
    public IReadOnlyList<MetadataField> Fields { get; }

    /// <summary>What follows the first empty line, as it stands; null where nothing does.</summary>
    public string? Body { get; }

    /// <summary>Metadata-Version as written, or null.</summary>
    public string? MetadataVersionText { get; private set; }

    /// <summary>Metadata-Version, or null where it is missing or not <c>MAJOR.MINOR</c>.</summary>
    public MetadataVersion? MetadataVersion { get; private set; }

    /// <summary>False where the major version is greater than is known here: then a tool must not use the file (core
    /// metadata, "Metadata-Version").</summary>
    public bool IsSupported =>
        MetadataVersion is not { } version || version.Major <= Metadata.MetadataVersion.Newest.Major;

    /// <summary>Name as written, or null.</summary>
    public string? RawName { get; private set; }

    /// <summary>Name, or null where it is missing or none.</summary>
    public PackageName? Name { get; private set; }

    /// <summary>Version as written, or null.</summary>
    public string? RawVersion { get; private set; }

    /// <summary>Version, or null where it is missing or none (PEP 440).</summary>
    public Version? Version { get; private set; }

    /// <summary>Every Requires-Dist, unreadable ones included; see <see cref="Knowledge"/> for what an empty list
    /// means.</summary>
    public IReadOnlyList<DeclaredRequirement> RequiresDist { get; }

    /// <summary>Requires-Python as written, or null.</summary>
    public string? RawRequiresPython { get; private set; }

    /// <summary>Requires-Python, or null where it is missing or no specifier set.</summary>
    public SpecifierSet? RequiresPython { get; private set; }

    /// <summary>Every readable Provides-Extra, normalised (PEP 685), each once, in the order of the file.</summary>
    public IReadOnlyList<ExtraName> ProvidesExtra { get; }

    /// <summary>The fields named by Dynamic, as written; compared without regard to case.</summary>
    public IReadOnlySet<string> Dynamic => dynamic;

    /// <summary>Summary, or null.</summary>
    public string? Summary => Value("Summary");

    /// <summary>License-Expression as written (an SPDX expression, PEP 639), or null.</summary>
    public string? LicenseExpression => Value("License-Expression");

    /// <summary>License-File: paths relative to the project's root (PEP 639).</summary>
    public IReadOnlyList<string> LicenseFiles => Values("License-File");

    /// <summary>Import-Name as written, <c>; private</c> included (PEP 794).</summary>
    public IReadOnlyList<string> ImportNames => Values("Import-Name");

    /// <summary>Import-Namespace as written (PEP 794).</summary>
    public IReadOnlyList<string> ImportNamespaces => Values("Import-Namespace");

    /// <summary>The body, or where that is blank the Description field; null where there is neither.</summary>
    public string? Description =>
        string.IsNullOrWhiteSpace(Body) ? (Value("Description") is { } folded ? Dedent(folded) : null) : Body;

    /// <summary>What was wrong and read over, by line; 0 for what is missing.</summary>
    public IReadOnlyList<DocumentError> Defects => defects;

    /// <summary>Reads bytes; those that are not UTF-8 become U+FFFD and a defect. Takes time and space linear in the
    /// input, which the caller bounds.</summary>
    /// <param name="file">How messages name the file.</param>
    public static CoreMetadata Read(ReadOnlySpan<byte> bytes, string file = "METADATA") =>
        new(MetadataReader.Read(bytes, file), file);

    /// <summary>Reads text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static CoreMetadata Read(string text, string file = "METADATA") =>
        new(MetadataReader.Read(text, file), file);

    /// <summary>Whether the field is in the file, with or without a value.</summary>
    public bool HasField(string field) => Fields.Any(f => Is(f, field));

    /// <summary>The first value of a field, or null. Setuptools' <c>UNKNOWN</c> (for 'nothing given', before 2.0) is
    /// returned as it stands.</summary>
    public string? Value(string field) => Fields.FirstOrDefault(f => Is(f, field))?.Value;

    /// <summary>Every value of a field, in the order of the file.</summary>
    public IReadOnlyList<string> Values(string field) => [.. Fields.Where(f => Is(f, field)).Select(f => f.Value)];

    /// <summary>Whether a wheel built from this source distribution may say something else of the field: it is named
    /// by Dynamic, or the file is older than 2.2 (then everything but name and version is; PEP 643).
    /// Metadata-Version, Name and Version are never dynamic.</summary>
    public bool IsDynamic(string field) =>
        !NeverDynamic(field)
        && (
            MetadataVersion is not { } version
            || version < Metadata.MetadataVersion.FirstWithDynamic
            || dynamic.Contains(field)
        );

    /// <summary>How far a source distribution's word on the field goes (PEP 643, PEP 808).</summary>
    public FieldKnowledge Knowledge(string field)
    {
        if (!IsDynamic(field))
            return FieldKnowledge.Guaranteed;
        var isList =
            MetadataFieldKind.Find(field) is { IsMultipleUse: true }
            || field.Equals("Keywords", StringComparison.OrdinalIgnoreCase)
            || field.Equals("Author-email", StringComparison.OrdinalIgnoreCase)
            || field.Equals("Maintainer-email", StringComparison.OrdinalIgnoreCase);
        return isList && HasField(field) && MetadataVersion >= Metadata.MetadataVersion.FirstWithLowerBounds
            ? FieldKnowledge.LowerBound
            : FieldKnowledge.Unknown;
    }

    /// <summary>Judges strictly: <see cref="Defects"/> and what else the standard forbids. Empty where the file is
    /// right.</summary>
    public IReadOnlyList<DocumentError> Validate() => MetadataValidation.Judge(this);

    internal static bool NeverDynamic(string field) =>
        field.Equals("Name", StringComparison.OrdinalIgnoreCase)
        || field.Equals("Version", StringComparison.OrdinalIgnoreCase)
        || field.Equals("Metadata-Version", StringComparison.OrdinalIgnoreCase);

    internal static bool Is(MetadataField field, string name) =>
        field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Joins the lines of a value: a folded line continues where it was broken (RFC 822, 3.1.1).</summary>
    private static string Unfold(string value) =>
        value.Contains('\n', StringComparison.Ordinal)
            ? string.Join(' ', value.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
            : value;

    /// <summary>Takes from the lines of a Description what the writer put before them: eight spaces (setuptools), or
    /// seven and a bar (core metadata, "Description").</summary>
    private static string Dedent(string value) =>
        string.Join(
            '\n',
            value
                .Split('\n')
                .Select(
                    (line, index) =>
                        index == 0 ? line
                        : line.StartsWith("       |", StringComparison.Ordinal)
                        || line.StartsWith("        ", StringComparison.Ordinal)
                            ? line[8..]
                        : line.TrimStart()
                )
        );

    private MetadataField? Required(string name)
    {
        var field = Fields.FirstOrDefault(f => Is(f, name));
        if (field is null)
            defects.Add(new DocumentError(File, 0, 0, "none", $"the field {name}"));
        return field;
    }

    private void ReadFormat()
    {
        if (Required("Metadata-Version") is not { } field)
            return;
        MetadataVersionText = field.Value;
        if (!Metadata.MetadataVersion.TryParse(field.Value, out var version))
        {
            defects.Add(
                new DocumentError(File, field.Line, 0, OneLine.Quote(field.Value), "a Metadata-Version such as 2.4")
            );
            return;
        }
        MetadataVersion = version;
        if (version > Metadata.MetadataVersion.Newest)
            defects.Add(
                new DocumentError(
                    File,
                    field.Line,
                    0,
                    $"Metadata-Version {version}",
                    $"at most {Metadata.MetadataVersion.Newest}, the newest supported version"
                )
            );
    }

    private void ReadIdentity()
    {
        if (Required("Name") is { } name)
        {
            RawName = name.Value;
            var parsed = PackageName.TryParse(name.Value);
            if (parsed.Success)
                Name = parsed.Value;
            else
                defects.Add(At(name, parsed.Error));
        }
        if (Required("Version") is { } version)
        {
            RawVersion = version.Value;
            var parsed = Versions.Version.TryParse(version.Value);
            if (parsed.Success)
                Version = parsed.Value;
            else
                defects.Add(At(version, parsed.Error));
        }
    }

    private void ReadRequiresPython()
    {
        if (Fields.FirstOrDefault(f => Is(f, "Requires-Python")) is not { } field)
            return;
        RawRequiresPython = field.Value;
        var parsed = SpecifierSet.TryParse(Unfold(field.Value));
        if (parsed.Success)
            RequiresPython = parsed.Value;
        else
            defects.Add(At(field, parsed.Error));
    }

    private List<ExtraName> ReadExtras()
    {
        var extras = new List<ExtraName>();
        var seen = new HashSet<ExtraName>();
        foreach (var field in Fields.Where(f => Is(f, "Provides-Extra")))
        {
            var parsed = ExtraName.TryParse(field.Value);
            if (!parsed.Success)
                defects.Add(At(field, parsed.Error));
            else if (seen.Add(parsed.Value))
                extras.Add(parsed.Value);
        }
        return extras;
    }

    private void ReportDuplicates()
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in Fields)
        {
            if (MetadataFieldKind.Find(field.Name) is not { IsMultipleUse: false } kind)
                continue;
            if (!seen.TryAdd(kind.Name, field.Line))
                defects.Add(
                    new DocumentError(
                        File,
                        field.Line,
                        1,
                        $"{kind.Name} again, first in line {seen[kind.Name]} (which counts)",
                        "this field at most once"
                    )
                );
        }
    }

    private DocumentError At(MetadataField field, ParseError error) =>
        new(File, field.Line, 0, $"{error.Found} in {field.Name} {OneLine.Quote(field.Value)}", error.Expected);
}
