using System.Text;
using Resolver.Packaging.RequirementFiles;

namespace Resolver.Packaging.Tests.RequirementFiles;

/// <summary>pip, "Requirements File Format": from bytes to lines.</summary>
public sealed class RequirementFileGrammarTests
{
    private static RequirementFile Read(byte[] bytes, Func<string, string?>? environment = null) =>
        RequirementFile.Read("r.txt", path => path == "r.txt" ? bytes : null, environment ?? (_ => null));

    private static string[] Lines(string text, Func<string, string?>? environment = null)
    {
        var file = Read(Encoding.UTF8.GetBytes(text), environment);
        Assert.Empty(file.Errors);
        return [.. file.Lines.Select(l => $"{l.Line}: {l}")];
    }

    private static string Error(string text) => Assert.Single(Read(Encoding.UTF8.GetBytes(text)).Errors).ToString();

    [Fact]
    public void Comments_begin_a_line_or_follow_white_space() =>
        Assert.Equal(["2: a", "3: b", "5: https://h/x#egg=y"], Lines("# c\na # c\nb\t#c\n  # c\nhttps://h/x#egg=y\n"));

    [Fact]
    public void A_backslash_joins_lines_and_the_first_gives_the_number() =>
        Assert.Equal(["1: a<2,>=1", "3: b"], Lines("a>=1\\\n,<2\nb\n"));

    [Fact]
    public void A_comment_line_cannot_be_continued_but_ends_what_is()
    {
        Assert.Equal(["2: b"], Lines("# a\\\nb\n"));
        Assert.Equal(["1: a", "3: b"], Lines("a\\\n# c\\\nb\n"));
    }

    [Fact]
    public void A_backslash_at_the_end_of_the_file_continues_nothing() => Assert.Equal(["1: a"], Lines("a\\"));

    [Fact]
    public void Line_ends_of_all_kinds_end_lines() =>
        Assert.Equal(["1: a", "2: b", "3: c", "4: d", "5: e"], Lines("a\r\nb\rc\nd\u2028e"));

    [Fact]
    public void Environment_variables_are_put_in_where_they_are_set()
    {
        Func<string, string?> environment = name =>
            name switch
            {
                "TOKEN_1" => "t${TOKEN_2}",
                "TOKEN_2" => "x",
                "EMPTY" => "",
                _ => null,
            };

        Assert.Equal(["1: --index-url 'https://t$''{TOKEN_2}@h/'"], Lines("-i https://${TOKEN_1}@h/\n", environment));
        Assert.Equal(
            ["1: --index-url 'https://$''{EMPTY}$''{UNSET}$''{lower}$x/'"],
            Lines("-i https://${EMPTY}${UNSET}${lower}$x/\n", environment)
        );
    }

    [Fact]
    public void Options_are_split_as_in_a_shell_and_requirements_are_not()
    {
        Assert.Equal(["1: --find-links 'a b'"], Lines("--find-links 'a b'\n"));
        Assert.Equal(
            ["1: --find-links 'a b'"],
            Lines("-f \"a\\\" \\b\"\n".Replace("\\\" \\b", " b", StringComparison.Ordinal))
        );
        Assert.Equal(["1: --find-links 'a b'"], Lines("-f a\\ b\n"));
        Assert.Equal(["1: --find-links 'a\"b\\c'"], Lines("-f \"a\\\"b\\c\"\n"));
        Assert.Equal(["1: a; python_version == \"3\""], Lines("a ; python_version=='3'\n"));
    }

    [Theory]
    [InlineData("-i u", "--index-url u")]
    [InlineData("-iu", "--index-url u")]
    [InlineData("--index-url=u", "--index-url u")]
    [InlineData("--pypi-url u", "--index-url u")]
    [InlineData("--extra-index u", "--extra-index-url u")]
    [InlineData("--no-index", "--no-index")]
    [InlineData("--pre", "--pre")]
    [InlineData("--prefer-binary", "--prefer-binary")]
    [InlineData("--no-binary :all:", "--no-binary :all:")]
    [InlineData("--only-binary=a,b", "--only-binary a,b")]
    [InlineData("--require-hashes", "--require-hashes")]
    [InlineData("--no-require", "--no-require-hashes")]
    [InlineData("--trusted-host h:1", "--trusted-host h:1")]
    [InlineData("--use-feature x", "--use-feature x")]
    [InlineData("--all-releases a", "--all-releases a")]
    [InlineData("--only-final a", "--only-final a")]
    public void Every_option_is_known_by_its_names_and_unique_prefixes(string line, string expected) =>
        Assert.Equal([$"1: {expected}"], Lines(line));

    [Fact]
    public void Several_options_may_share_a_line() =>
        Assert.Equal(["1: --pre", "1: --no-index", "1: --find-links x"], Lines("--pre --no-index -f x"));

    [Theory]
    [InlineData("--unknown", "r.txt:1: expected an option of requirement files, found the option '--unknown'")]
    [InlineData("-x", "r.txt:1: expected an option of requirement files, found the option '-x'")]
    [InlineData(
        "--no",
        "r.txt:1: expected one of --no-index, --no-binary, --no-require-hashes, found the option '--no'"
    )]
    [InlineData("-r", "r.txt:1: expected its value, found --requirement at the end of the line")]
    [InlineData("--pre=1", "r.txt:1: expected no value, found the value '1' of --pre")]
    [InlineData("-f 'x", "r.txt:1: expected words as in a shell, found a quote that is never closed in '-f 'x'")]
    [InlineData("--pre x", "r.txt:1: expected options only (pip would ignore it), found 'x' after the options")]
    [InlineData("-e a/ -e b/", "r.txt:1: expected one, found a second -e on the line")]
    [InlineData("-r a -c b", "r.txt:1: expected one, found a second -r or -c on the line")]
    [InlineData("a --hash sha256", "r.txt:1: expected ALGORITHM:DIGEST, such as sha256:2cf2…, found --hash 'sha256'")]
    [InlineData("a --hash md5:aa", "r.txt:1: expected one of sha256, sha384, sha512, found the hash algorithm 'md5'")]
    [InlineData(
        "--pre --hash md5:aa",
        "r.txt:1: expected one of sha256, sha384, sha512, found the hash algorithm 'md5'"
    )]
    [InlineData("a --config-settings k", "r.txt:1: expected KEY=VALUE, found --config-settings 'k'")]
    [InlineData("a ==", "r.txt:1: ")]
    [InlineData("./a ; nothing", "r.txt:1: ")]
    [InlineData("./a[-]", "r.txt:1: ")]
    public void A_line_that_cannot_be_read_is_an_error_with_its_place(string line, string expected) =>
        Assert.StartsWith(expected, Error(line + "\n"), StringComparison.Ordinal);

    [Fact]
    public void An_error_costs_one_line_only()
    {
        var file = Read("a ==\nb\n"u8.ToArray());

        Assert.Equal((1, 1), (file.Errors.Count, file.Lines.Count));
    }

    [Fact]
    public void A_byte_order_mark_gives_the_encoding()
    {
        foreach (
            var encoding in new Encoding[]
            {
                new UTF8Encoding(true),
                new UnicodeEncoding(false, true),
                new UnicodeEncoding(true, true),
                new UTF32Encoding(false, true),
                new UTF32Encoding(true, true),
            }
        )
            Assert.Equal(
                "a",
                Assert.Single(Read([.. encoding.GetPreamble(), .. encoding.GetBytes("a\n")]).Lines).ToString()
            );
    }

    [Theory]
    [InlineData("# -*- coding: latin-1 -*-\n")]
    [InlineData("#!x\n# vim: set fileencoding=cp1252 :\n")]
    [InlineData("# coding=iso8859-15\n")]
    public void A_line_of_PEP_263_gives_the_encoding(string head)
    {
        var file = Read([.. Encoding.ASCII.GetBytes(head + "--find-links x"), 0xE9]);

        Assert.Equal("--find-links 'xé'", Assert.Single(file.Lines).ToString());
    }

    [Fact]
    public void Other_bytes_must_be_UTF8_whatever_the_locale()
    {
        var error = Assert.Single(Read([.. "a\nb"u8, 0xE9]).Errors);

        Assert.Equal((2, "bytes that are not utf-8"), (error.Line, error.Found));
        Assert.StartsWith("r.txt:1: ", Error("# coding: nonsense-8\n"), StringComparison.Ordinal);
        Assert.StartsWith(
            "r.txt:3: ",
            Assert.Single(Read([.. "# coding: ascii\n\na"u8, 0xE9]).Errors).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Options_of_a_requirement_belong_to_it_and_others_on_its_line_have_no_effect()
    {
        var file = Read(
            "a==1 --hash=sha256:AA --hash sha512:bb -C k=v -C k=w=x --global-option='-x y' --pre\n"u8.ToArray()
        );
        var a = Assert.IsType<RequirementLine.Dependency>(Assert.Single(file.Lines));

        Assert.Equal([new("sha256", "AA"), new("sha512", "bb")], a.Hashes);
        Assert.Equal([new("k", "v"), new("k", "w=x")], a.ConfigSettings);
        Assert.Equal(["-x y"], a.GlobalOptions);
        Assert.Equal(
            "r.txt:1: expected it on a separate line, found --pre on this line, where it has no effect",
            Assert.Single(file.Warnings).ToString()
        );
    }

    [Fact]
    public void A_hash_without_a_requirement_warns() => Assert.Single(Read("--hash=sha256:aa\n"u8.ToArray()).Warnings);

    [Fact]
    public void A_file_that_is_not_there_is_an_error() =>
        Assert.Equal(
            "r.txt: expected a requirement file, found no readable file 'r.txt'",
            RequirementFile.Read("r.txt", _ => null).Errors.Single().ToString()
        );
}
