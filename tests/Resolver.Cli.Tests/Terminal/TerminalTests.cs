using System.Text;
using CsCheck;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Terminal;

/// <summary>What a person sees on a terminal of any width and character set, and what somebody who mistyped is
/// told.</summary>
public sealed class TerminalTests
{
    [Theory]
    [InlineData(new[] { "ordr" }, "did you mean 'order'?")]
    [InlineData(new[] { "plna", "app" }, "did you mean 'plan'?")]
    [InlineData(new[] { "order", "x", "--keep-gonig" }, "did you mean '--keep-going'?")]
    [InlineData(new[] { "plan", "app", "--prerelaese=allow" }, "did you mean '--prerelease'?")]
    public void A_mistyped_word_gets_a_suggestion(string[] arguments, string hint)
    {
        var run = Invocation.Of(arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_like_nothing_gets_no_guess() =>
        Assert.DoesNotContain("did you mean", Invocation.Of("frobnicate").Error, StringComparison.Ordinal);

    [Fact]
    public void Every_command_has_examples_and_every_example_parses()
    {
        var (root, commands) = CommandLine.CreateProgram(100);
        Assert.All(
            commands.Where(each => !each.Command.Hidden),
            command =>
            {
                Assert.NotEmpty(command.Examples);
                Assert.Contains(
                    "Examples:",
                    Invocation.Of(command.Command.Name, "--help").Output,
                    StringComparison.Ordinal
                );
                foreach (
                    var example in command.Examples.Where(each =>
                        each.Line.StartsWith("resolver ", StringComparison.Ordinal)
                    )
                )
                {
                    var words = example
                        .Line["resolver ".Length..]
                        .Split('|')[0]
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(word => word.Trim('\''))
                        .ToList();
                    Assert.True(root.Parse(words).Errors.Count == 0, example.Line);
                }
            }
        );
    }

    [Fact]
    public void Every_command_has_a_manual_page_with_its_options()
    {
        var (_, commands) = CommandLine.CreateProgram(100);
        Assert.All(
            commands.Where(each => !each.Command.Hidden),
            command =>
            {
                var page = Invocation.Of("man", command.Command.Name).Output;
                Assert.StartsWith(".TH RESOLVER\\-", page, StringComparison.Ordinal);
                Assert.All(
                    command.Command.Options.Where(option => !option.Hidden),
                    option =>
                        Assert.Contains(
                            option.Name.Replace("-", "\\-", StringComparison.Ordinal),
                            page,
                            StringComparison.Ordinal
                        )
                );
            }
        );
        Assert.Equal(ExitCode.Usage, Invocation.Of("man", "nothing").ExitCode);
        Assert.Contains("resolver\\-order", Invocation.Of("man").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groff_has_nothing_to_say_against_a_manual_page()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "there is no groff");
        var (_, commands) = CommandLine.CreateProgram(100);
        var pages = string.Concat(
            commands
                .Where(each => !each.Command.Hidden)
                .Select(each => Invocation.Of("man", each.Command.Name).Output)
                .Prepend(Invocation.Of("man").Output)
        );
        using var groff = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/usr/bin/groff", ["-ww", "-man", "-Tutf8", "-z"])
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = groff.StandardError.ReadToEndAsync();
        groff.StandardInput.Write(pages);
        groff.StandardInput.Close();
        Assert.Equal("", await error);
    }

    [Fact]
    public void A_fold_loses_no_word_and_keeps_to_the_width() =>
        Gen.Select(Gen.String[Gen.Char[" aé漢-"], 0, 200], Gen.Int[24, 60], Gen.Int[0, 8])
            .Sample(
                (text, width, indent) =>
                {
                    var line = new string(' ', indent) + text;
                    var folded = TerminalLines.Fit(line, width);
                    Assert.Equal(Words(line), Words(folded));
                    var margin = Math.Min(line.TakeWhile(c => c == ' ').Count() + 2, width / 3);
                    foreach (var (index, each) in folded.Split('\n').Index())
                    {
                        // A word that no line can hold stays where it is, and so does the one a line begins with.
                        var words = Words(each);
                        Assert.True(
                            TerminalLines.Columns(each.TrimEnd()) <= width
                                || TerminalLines.Columns(words[^1]) > width - margin
                                || (index == 0 && words.Count == 1),
                            each
                        );
                    }

                    static List<string> Words(string text) =>
                        [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
                },
                iter: 2000
            );

    /// <summary>On a line of its own it would be broken as well, and its beginning would stand alone.</summary>
    [Fact]
    public void A_word_that_no_line_can_hold_stays_where_it_is() =>
        Assert.Equal(
            "   1. /a/path/of/more/than/24/columns\n     (the library)",
            TerminalLines.Fit("   1. /a/path/of/more/than/24/columns (the library)", 24)
        );

    [Fact]
    public void The_branches_of_a_tree_go_on_beside_a_folded_line() =>
        Assert.Equal(
            "├── one 1.0 [requires\n│     one<2,>=1]\n│   └── two 1.0\n│       [requires two]",
            TerminalLines.Fit("├── one 1.0 [requires one<2,>=1]\n│   └── two 1.0 [requires two]", 24)
        );

    [Fact]
    public void On_a_narrow_terminal_an_option_stands_above_its_description()
    {
        var help = Invocation.Of(new ConsoleEnvironment { Width = 40 }, "help", "plan").Output;
        Assert.Contains("\n  -v, --verbose\n          Show more details, and lists\n", help, StringComparison.Ordinal);
        Assert.StartsWith("Choose consistent versions from the\narchive, and order them.\n", help);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Diagnostics_are_folded_on_a_terminal_and_elsewhere_are_a_line_each(bool isTerminal)
    {
        var environment = new ConsoleEnvironment
        {
            ErrorIsTerminal = isTerminal,
            TerminalWidth = () => 40,
            Variables = new Dictionary<string, string> { ["NO_COLOR"] = "1" },
        };
        var error = Invocation.Of(environment, "plan", "--nosuch").Error;
        Assert.EndsWith(
            isTerminal ? "lists its\n  options\n" : "lists its options\n",
            error.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Colours_take_no_room_and_wide_letters_two()
    {
        Assert.Equal(3, TerminalLines.Columns("\e[1;31mabc\e[0m"));
        Assert.Equal(4, TerminalLines.Columns("漢字"));
        Assert.Equal(1, TerminalLines.Columns("e\u0301"));
    }

    [Fact]
    public void On_a_terminal_lines_are_folded_and_elsewhere_they_are_not()
    {
        var terminal = new ConsoleEnvironment
        {
            OutputIsTerminal = true,
            Width = 40,
            Variables = new Dictionary<string, string> { ["NO_COLOR"] = "1" },
        };

        var folded = Invocation.Of(terminal, "scan", Repository.Quickstart("batch")).Output;
        var plain = Invocation.Of("scan", Repository.Quickstart("batch")).Output;

        Assert.Contains(plain.Split('\n'), line => line.Length > 40);
        Assert.All(
            folded.Split('\n'),
            line => Assert.True(line.Length <= 40 || !line.Trim().Contains(' ', StringComparison.Ordinal), line)
        );
        Assert.Equal(
            plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Theory]
    [InlineData("de_DE.UTF-8", "ü漢")]
    [InlineData("C", "ü漢")]
    [InlineData("de_DE.ISO-8859-1", "ü\\u6f22")]
    [InlineData("ja_JP.eucJP", "\\u00fc\\u6f22")]
    public void A_terminal_gets_what_its_locale_can_show(string locale, string shown)
    {
        var environment = new ConsoleEnvironment
        {
            OutputIsTerminal = true,
            Variables = new Dictionary<string, string> { ["LANG"] = locale },
        };

        var bytes = TerminalEncoding.Of(isTerminal: true, environment.CharacterSet).GetBytes("ü漢");
        var text = (locale.Contains("8859", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8).GetString(
            bytes
        );

        Assert.Equal(shown, text);
        Assert.Equal(
            Encoding.UTF8.GetBytes("ü漢"),
            TerminalEncoding.Of(isTerminal: false, environment.CharacterSet).GetBytes("ü漢")
        );
    }

    [Fact]
    public void Paths_with_blanks_and_letters_of_any_script_and_files_with_Windows_line_ends_go_all_the_way()
    {
        PythonOnPath.Need();
        using var folder = new TemporaryFolder();
        folder.Tree("app", "1", requires: ["lib>=1"]);
        folder.Tree("lib", "2");
        var archive = folder["Straße mit Blank/архив 漢字"];
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        Directory.Move(folder["archive"], archive);
        foreach (var project in Directory.GetFiles(archive, "pyproject.toml", SearchOption.AllDirectories))
            File.WriteAllText(project, File.ReadAllText(project).ReplaceLineEndings("\r\n"));
        folder.Write("wanted.txt", "# a comment\r\napp \\\r\n    >=1\r\n\r\n");
        folder.Write("resolver.toml", $"find-links = ['{archive}']\r\nno-installed = true\r\n");

        foreach (
            var name in (string[])["plan ü.json", "pylock.ü.toml", "plan.html", "p.dot", "p.mmd", "p.txt", "p.cdx.json"]
        )
        {
            var run = Invocation.Of(
                "plan",
                "-r",
                folder["wanted.txt"],
                "--config",
                folder["resolver.toml"],
                "-o",
                folder[name]
            );
            Assert.Equal("", run.Error);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.DoesNotContain('\r', File.ReadAllText(folder[name]));
        }

        File.WriteAllText(folder["plan ü.json"], File.ReadAllText(folder["plan ü.json"]).ReplaceLineEndings("\r\n"));
        foreach (var plan in (string[])["plan ü.json", "pylock.ü.toml"])
        {
            var read = Invocation.Of(
                "install",
                "--plan",
                folder[plan],
                "--prefix",
                folder["prefix"],
                "--dry-run",
                "-v"
            );
            Assert.Equal("", read.Error);
            Assert.Contains("архив 漢字/lib-2", read.Output, StringComparison.Ordinal);
        }
    }
}
