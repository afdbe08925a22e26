namespace Resolver.Archives.Metadata;

/// <summary>Bounds on metadata within the bounds on contents: a requirement of four bytes is an object of
/// hundreds.</summary>
internal static class MetadataBounds
{
    /// <summary>Bytes of pyproject.toml, setup.cfg and lists of requirements. The longest honest ones have a tenth of
    /// it.</summary>
    public const int ListBytes = 512 << 10;

    /// <summary>Fields of PKG-INFO and METADATA; the honest ones with most requirements have a few thousand.</summary>
    public const int Fields = 50_000;

    /// <summary>Projects in folders of one archive.</summary>
    public const int Projects = 2_000;

    /// <summary>Requirements of all projects of one archive together, the last one's beyond it included.</summary>
    public const int Requirements = 100_000;

    /// <summary>Whether there are more fields before the first empty line than are read.</summary>
    public static bool HasTooManyFields(ReadOnlySpan<byte> metadata)
    {
        var fields = 0;
        while (!metadata.IsEmpty)
        {
            var end = metadata.IndexOfAny((byte)'\n', (byte)'\r');
            if (end == 0)
                return false;
            if (metadata[0] is not ((byte)' ' or (byte)'\t') && ++fields > Fields)
                return true;
            if (end < 0)
                return false;
            metadata = metadata[
                (end + (metadata[end] == '\r' && end + 1 < metadata.Length && metadata[end + 1] == '\n' ? 2 : 1))..
            ];
        }
        return false;
    }
}
