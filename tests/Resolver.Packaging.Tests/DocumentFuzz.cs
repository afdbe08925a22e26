using System.Globalization;

namespace Resolver.Packaging.Tests;

/// <summary>Mutated documents: valid ones with characters and slices moved, doubled, dropped and put in. A few
/// thousand in an ordinary run; <c>RESOLVER_FUZZ=N</c> tries N.</summary>
internal static class DocumentFuzz
{
    private static readonly string[] Morsels =
    [
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\t",
        " ",
        "  ",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\\\n",
        "#",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ":",
        ";",
        "@",
        "-",
        "--",
        "${A}",
        "${",
        "\ud800",
        "\udc00",
        "\ufeff",
        "\u2028",
        "é",
        "0",
        "-1",
        "1.0",
        "9999999999999999999999",
        "nan",
        "true",
        "1979-05-27T07:32:00Z",
        ".",
        "..",
        "/",
        "//",
        "# ///",
        "# /// script",
        "\\ud800",
        "\\u0000",
        "name",
        "version",
        "Name: x\n",
        "\n\n",
        "*",
        "<",
        ">",
        "==",
        "extra",
        " and ",
        "(",
        ")",
        "x\n y",
    ];

    private static int Count =>
        int.TryParse(
            Environment.GetEnvironmentVariable("RESOLVER_FUZZ"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : 3000;

    /// <summary>Calls <paramref name="read"/> with mutants of the seeds; an exception is a failure that names the
    /// mutant. <paramref name="read"/> asserts what holds of every result.</summary>
    public static void Run(IReadOnlyList<string> seeds, Action<string> read)
    {
        var random = new Random(20260901);
        for (var i = 0; i < Count; i++)
        {
            var mutant = Mutate(seeds[random.Next(seeds.Count)], seeds, random);
            try
            {
                read(mutant);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"input {i}: {System.Text.Json.JsonEncodedText.Encode(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(mutant)))}",
                    e
                );
            }
        }
    }

    private static string Mutate(string text, IReadOnlyList<string> seeds, Random random)
    {
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(text.Length - at, 20) + 1);
            var other = seeds[random.Next(seeds.Count)];
            var from = random.Next(other.Length + 1);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, other.Substring(from, random.Next(other.Length - from + 1))),
                3 => text[..at],
                4 => text.Remove(at, length).Insert(at, Morsels[random.Next(Morsels.Length)]),
                _ => text.Insert(at, Morsels[random.Next(Morsels.Length)]),
            };
        }
        return text;
    }
}
