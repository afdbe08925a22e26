using System.Globalization;

namespace Resolver.Cli.Terminal;

/// <summary>Sizes of files for a person, as <c>1.2 MB</c>.</summary>
internal static class SizeText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <param name="bytes">Not negative; a thousand are a kilobyte, as file managers count.</param>
    public static string Of(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 999.5 && unit < Units.Length - 1; unit++)
            size /= 1000;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(unit == 0 || size >= 99.5 ? size.ToString("0", CultureInfo.InvariantCulture) : size.ToString(size >= 9.95 ? "0" : "0.0", CultureInfo.InvariantCulture))} {Units[unit]}"
        );
    }
}
