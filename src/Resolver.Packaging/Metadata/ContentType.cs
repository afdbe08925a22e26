namespace Resolver.Packaging.Metadata;

/// <summary>Values of Description-Content-Type (PEP 566; core metadata, "Description-Content-Type").</summary>
internal static class ContentType
{
    /// <summary>What the value should have been, or null where it is right. Parameters other than charset and variant
    /// are the subtype's own affair.</summary>
    public static string? Reject(string value)
    {
        var parts = value.Split(';');
        var type = parts[0].Trim().ToLowerInvariant();
        if (type is not ("text/plain" or "text/x-rst" or "text/markdown"))
            return "text/plain, text/x-rst or text/markdown";
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return "parameters of the form NAME=VALUE";
            var setting = part[(equals + 1)..].Trim().Trim('"');
            switch (part[..equals].Trim().ToLowerInvariant())
            {
                case "charset" when !setting.Equals("utf-8", StringComparison.OrdinalIgnoreCase):
                    return "the charset UTF-8";
                case "variant" when type == "text/markdown" && setting is not ("GFM" or "CommonMark"):
                    return "the variant GFM or CommonMark";
                default:
                    break;
            }
        }
        return null;
    }
}
