using System.Text;

namespace Resolver.Execution.Commands;

/// <summary>A path as a <c>file:</c> URL (RFC 8089).</summary>
internal static class FileUrl
{
    /// <summary>The URL; what is not unreserved is percent-encoded, as UTF-8.</summary>
    /// <param name="path">Absolute.</param>
    public static string Of(string path)
    {
        var encoded = new StringBuilder("file://", path.Length + 7);
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            if (
                char.IsAsciiLetterOrDigit((char)unit)
                || unit is (byte)'/' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~'
            )
                encoded.Append((char)unit);
            else
                encoded.Append($"%{unit:X2}");
        }
        return encoded.ToString();
    }
}
