namespace Resolver.Packaging.Metadata;

/// <summary>What the standard says of one field.</summary>
/// <param name="Name">As the standard spells it.</param>
/// <param name="Since">The version that introduced it.</param>
/// <param name="IsMultipleUse">Whether it may stand several times.</param>
public sealed record MetadataFieldKind(string Name, MetadataVersion Since, bool IsMultipleUse)
{
    private static readonly Dictionary<string, MetadataFieldKind> Known = Table();

    /// <summary>The field of this name in any case, or null where no version of the standard has it.</summary>
    public static MetadataFieldKind? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Every field, in the order in which the standard introduced them.</summary>
    public static IEnumerable<MetadataFieldKind> All => Known.Values;

    private static Dictionary<string, MetadataFieldKind> Table()
    {
        var fields = new Dictionary<string, MetadataFieldKind>(StringComparer.OrdinalIgnoreCase);
        Add(
            1,
            0,
            "Metadata-Version Name Version Platform* Summary Description Keywords Home-page Author Author-email License"
        );
        Add(1, 1, "Supported-Platform* Download-URL Classifier* Requires* Provides* Obsoletes*");
        Add(
            1,
            2,
            "Maintainer Maintainer-email Requires-Dist* Provides-Dist* Obsoletes-Dist* Requires-Python "
                + "Requires-External* Project-URL*"
        );
        Add(2, 1, "Description-Content-Type Provides-Extra*");
        Add(2, 2, "Dynamic*");
        Add(2, 4, "License-Expression License-File*");
        Add(2, 5, "Import-Name* Import-Namespace*");
        return fields;

        void Add(int major, int minor, string names)
        {
            foreach (var name in names.Split(' '))
                fields.Add(
                    name.TrimEnd('*'),
                    new MetadataFieldKind(name.TrimEnd('*'), new MetadataVersion(major, minor), name.EndsWith('*'))
                );
        }
    }
}
