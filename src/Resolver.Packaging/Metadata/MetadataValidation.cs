using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Metadata;

/// <summary>The strict reading of core metadata: what a tool that writes or publishes must not produce.</summary>
internal static class MetadataValidation
{
    // 2.0 was withdrawn, but exists in the wild; the legal values are those of core metadata, "Metadata-Version".
    private static readonly string[] LegalVersions = ["1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"];

    public static IReadOnlyList<DocumentError> Judge(CoreMetadata metadata)
    {
        var errors = new List<DocumentError>(metadata.Defects);
        var version = metadata.MetadataVersion;
        if (
            version is not null
            && version <= MetadataVersion.Newest
            && !LegalVersions.Contains(metadata.MetadataVersionText)
        )
            Add(
                metadata.Fields.First(f => CoreMetadata.Is(f, "Metadata-Version")),
                $"Metadata-Version {metadata.MetadataVersionText}",
                $"one of {string.Join(", ", LegalVersions)}"
            );

        var extras = new Dictionary<ExtraName, int>();
        foreach (var field in metadata.Fields)
        {
            var kind = MetadataFieldKind.Find(field.Name);
            if (kind is null)
                Add(field, $"the unknown field {OneLine.Quote(field.Name)}", "a field of the standard");
            else if (version is { } declared && kind.Since > declared)
                Add(field, $"{kind.Name} in Metadata-Version {declared}", $"Metadata-Version {kind.Since} or later");
            if (kind is not null)
                JudgeValue(field, kind, extras);
        }
        if (metadata.LicenseExpression is not null && metadata.HasField("License"))
            Add(
                metadata.Fields.First(f => CoreMetadata.Is(f, "License")),
                "License beside License-Expression",
                "only one of them (PEP 639, \"Deprecate License field\")"
            );
        if (metadata.HasField("Description") && !string.IsNullOrWhiteSpace(metadata.Body))
            Add(
                metadata.Fields.First(f => CoreMetadata.Is(f, "Description")),
                "a Description field and a body",
                "only one of them"
            );
        var namespaces = metadata.ImportNamespaces.Select(ImportName.Bare).ToHashSet(StringComparer.Ordinal);
        foreach (
            var field in metadata.Fields.Where(f =>
                CoreMetadata.Is(f, "Import-Name") && f.Value.Length > 0 && namespaces.Contains(ImportName.Bare(f.Value))
            )
        )
            Add(
                field,
                $"Import-Name {OneLine.Quote(field.Value)} that is an Import-Namespace too",
                "a name in only one of them (PEP 794)"
            );
        errors.Sort((a, b) => a.Line.CompareTo(b.Line));
        return errors;

        void Add(MetadataField field, string found, string expected) =>
            errors.Add(new DocumentError(metadata.File, field.Line, 1, found, expected));

        void JudgeValue(MetadataField field, MetadataFieldKind kind, Dictionary<ExtraName, int> seen)
        {
            switch (kind.Name)
            {
                case "Dynamic" when CoreMetadata.NeverDynamic(field.Value):
                    Add(
                        field,
                        $"Dynamic: {OneLine.Of(field.Value)}",
                        "a field other than Name, Version and Metadata-Version"
                    );
                    break;
                case "Dynamic" when MetadataFieldKind.Find(field.Value) is null:
                    Add(field, $"Dynamic: {OneLine.Of(field.Value)}", "the name of a field");
                    break;
                case "Summary" when field.Value.Contains('\n', StringComparison.Ordinal):
                    Add(field, "a Summary of several lines", "one line");
                    break;
                case "Provides-Extra" when ExtraName.TryParse(field.Value) is { Success: true } extra:
                    if (!seen.TryAdd(extra.Value, field.Line))
                        Add(
                            field,
                            $"the extra {OneLine.Quote(field.Value)} again, first in line {seen[extra.Value]}",
                            "names that differ once normalised (PEP 685)"
                        );
                    else if (
                        metadata.MetadataVersion >= new MetadataVersion(2, 3)
                        && field.Value != extra.Value.Normalized
                    )
                        Add(
                            field,
                            $"the extra {OneLine.Quote(field.Value)}",
                            $"its normalised form '{extra.Value}' (2.3 and later, PEP 685)"
                        );
                    break;
                case "License-File" when LicensePath.Reject(field.Value) is { } reason:
                    Add(field, $"License-File {OneLine.Quote(field.Value)}", reason);
                    break;
                case "Import-Name"
                or "Import-Namespace"
                    when ImportName.Reject(field.Value, mayBeEmpty: kind.Name == "Import-Name") is { } reason:
                    Add(field, $"{kind.Name} {OneLine.Quote(field.Value)}", reason);
                    break;
                case "Description-Content-Type" when ContentType.Reject(field.Value) is { } reason:
                    Add(field, $"Description-Content-Type {OneLine.Quote(field.Value)}", reason);
                    break;
                case "License-Expression" when field.Value.Length == 0:
                    Add(field, "an empty License-Expression", "an SPDX expression");
                    break;
                default:
                    break;
            }
        }
    }
}
