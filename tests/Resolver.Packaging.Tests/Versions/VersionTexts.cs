using CsCheck;

namespace Resolver.Packaging.Tests.Versions;

/// <summary>Generators of version texts that often meet one another and the limits of the packed form.</summary>
internal static class VersionTexts
{
    private static readonly Gen<string> Small = Gen.Int[0, 2].Select(number => number.ToString());

    /// <summary>Numbers at and beyond the edges of every field, leading zeros, and numbers that no machine word
    /// holds.</summary>
    private static readonly Gen<string> Number = Gen.Frequency(
        (6, Small),
        (
            1,
            Gen.OneOf(
                "10",
                "255",
                "256",
                "2047",
                "2048",
                "8191",
                "8192",
                "32767",
                "32768",
                "65536",
                "20240101",
                "007",
                "9999999999999999999",
                "10000000000000000000",
                "18446744073709551616"
            )
        )
    );

    private static readonly Gen<string> Segment = Gen.Frequency(
        (5, Number),
        (1, Gen.OneOf("a", "b", "0a", "ab", "1b", "A"))
    );

    public static readonly Gen<string> Release = Number.Array[1, 6].Select(numbers => string.Join('.', numbers));

    /// <summary>Any version, local labels and epochs included, in many spellings.</summary>
    public static readonly Gen<string> Any = Gen.Select(
        Optional(1, 9, Small.Select(epoch => epoch + "!")),
        Release,
        Optional(
            1,
            2,
            Gen.Select(
                Gen.OneOf("a", "b", "rc", ".alpha", "-Beta", "_c", "pre", "preview."),
                Number,
                (letter, number) => letter + number
            )
        ),
        Optional(
            1,
            3,
            Gen.Select(Gen.OneOf(".post", "-", "r", ".rev", "POST"), Number, (letter, number) => letter + number)
        ),
        Optional(1, 3, Gen.Select(Gen.OneOf(".dev", "dev", "-DEV"), Number, (letter, number) => letter + number)),
        Optional(1, 5, Segment.Array[1, 3].Select(segments => "+" + string.Join('.', segments))),
        (epoch, release, pre, post, dev, local) => epoch + release + pre + post + dev + local
    );

    public static readonly Gen<string> Public = Any.Select(text => text.Split('+')[0]);

    /// <summary>A small world in which most clauses admit some versions and refuse others.</summary>
    public static readonly Gen<string> Close = Gen.OneOf(
        "0.dev0",
        "0",
        "0.0.1",
        "1.dev0",
        "1.0.dev1",
        "1.0a1.dev1",
        "1.0a1",
        "1.0a1+x",
        "1.0a1.post0",
        "1.0a2.dev0",
        "1.0rc1",
        "1",
        "1.0",
        "1.0.0",
        "1.0+a",
        "1.0+1",
        "1.0+a.1",
        "1.0.post0.dev0",
        "1.0.post0.dev1",
        "1.0.post0",
        "1.0.post1.dev0",
        "1.0.post1",
        "1.0.post1+a",
        "1.0.0.1.dev0",
        "1.0.0.1",
        "1.1.dev0",
        "1.1a1",
        "1.1",
        "1.2",
        "2.dev0",
        "2a1",
        "2",
        "1!0.dev0",
        "1!0",
        "1!1.0"
    );

    private static Gen<string> Optional(int yes, int no, Gen<string> text) =>
        Gen.Frequency((yes, text), (no, Gen.Const("")));
}
