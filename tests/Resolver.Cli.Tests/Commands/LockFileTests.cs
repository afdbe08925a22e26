using System.Security.Cryptography;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Lockfiles;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>pylock.toml</c> written, and read back by <c>install --plan</c>: ours, and those of other tools as PEP
/// 751 has them.</summary>
public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LockFileTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Paths_are_relative_to_the_lock_and_name_files_with_the_listed_hash_and_size()
    {
        folder.Write("locks/empty", "");

        Order("locks/pylock.toml");

        var locked = Lock("locks/pylock.toml");
        Assert.Equal(5, locked.Packages.Count);
        Assert.All(
            locked.Packages,
            package =>
            {
                var file = package.Sdist ?? package.Archive!;
                var path = Path.Combine(folder["locks"], file.Path!);
                Assert.False(Path.IsPathRooted(file.Path));
                Assert.Equal(new FileInfo(path).Length, file.Size);
                Assert.Equal(Hash(path), file.Hash("sha256"));
            }
        );
    }

    [Theory]
    [InlineData("install", "--plan", "--dry-run")]
    [InlineData("plan", "--lock", "inkpot")]
    public void A_later_minor_version_with_unknown_keys_is_read_with_warnings(
        string command,
        string option,
        string more
    )
    {
        var wheel = Directory.EnumerateFiles(Repository.Quickstart("archive"), "inkpot-*.whl").First();
        folder.Write(
            "pylock.toml",
            $"lock-version = '1.1'\ncreated-by = 'x'\nfuture = 1\n[[packages]]\nname = 'inkpot'\nwheels = [{{ path = "
                + $"'{wheel}', hashes = {{ sha256 = '{Hash(wheel)}' }} }}]\n"
        );

        var read = Invocation.Of(
            command,
            option,
            folder["pylock.toml"],
            more,
            "-f",
            Repository.Quickstart("archive"),
            "--prefix",
            folder["prefix"]
        );

        Assert.Equal(ExitCode.Done, read.ExitCode);
        Assert.Contains("lock-version 1.1", read.Error, StringComparison.Ordinal);
        Assert.Contains("the unknown key 'future'", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_was_locked_is_read_back_step_by_step()
    {
        Order("plan.json");
        Order("pylock.toml");

        var run = Invocation.Of(
            "install",
            "--plan",
            folder["pylock.toml"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json"
        );

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(Steps(File.ReadAllText(folder["plan.json"])), Steps(run.Output));

        static IEnumerable<string> Steps(string json) =>
            JsonDocument
                .Parse(json)
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step =>
                    $"{step.GetProperty("order")} {step.GetProperty("stage")} {step.GetProperty("name")} "
                    + $"{step.GetProperty("sha256")} {step.GetProperty("requires").GetRawText()} "
                    + $"{step.GetProperty("needed_by").GetRawText()} "
                    + $"{Path.GetFullPath(step.GetProperty("path").GetString()!)}"
                );
    }

    // PEP 751 has no place for an order, and other tools write none: theirs are ordered as a batch is.
    [Fact]
    public void A_lock_of_another_tool_is_ordered_so_that_every_build_finds_what_it_needs()
    {
        folder.Write(
            "pylock.toml",
            $"""
            lock-version = "1.0"
            created-by = "another"
            requires-python = ">=3.8"
            {Package("poster", "1.0", "sdist", "poster-1.0.tar.gz")}
            {Package("letters", "1.1", "sdist", "letters-1.1.tar.gz")}
            {Package("letter-stamp", "1.0", "archive", "letter_stamp-1.0.tar.bz2")}
            {Package("inkpot", "0.9", "sdist", "inkpot-0.9.zip", "marker = \"sys_platform == 'nowhere'\"")}
            {Package("tinybuild", "2.0", "sdist", "tinybuild-2.0.tar.gz")}
            """
        );

        var run = Install();

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            ["tinybuild", "letter-stamp", "letters", "poster"],
            JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => step.GetProperty("name").GetString()!)
        );
    }

    // uv and pip lock what an index has: a URL and a hash.
    [Fact]
    public void What_is_locked_by_URL_is_taken_from_the_archive_where_name_and_hash_agree()
    {
        folder.Wheel("lib", "1.0", "py3-none-any");
        var wheel = "lib-1.0-py3-none-any.whl";
        folder.Write(
            "pylock.toml",
            $$"""
            lock-version = "1.0"
            created-by = "uv"
            [[packages]]
            name = "lib"
            version = "1.0"
            index = "https://index.example/simple"
            sdist = { url = "https://files.example/lib-1.0.tar.gz", size = 9, hashes = { sha256 = "00" } }
            wheels = [{ url = "https://files.example/{{wheel}}", upload-time = 2024-01-01T00:00:00Z, size = {{new FileInfo(
                folder[$"archive/{wheel}"]
            ).Length}}, hashes = { sha256 = "{{Hash(folder[$"archive/{wheel}"])}}" } }]
            """
        );

        var without = Install();
        var with = Install("-f", folder["archive"]);

        Assert.Equal(ExitCode.BadInput, without.ExitCode);
        Assert.Contains($"{wheel} is not there", without.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, with.ExitCode);
        Assert.Contains(wheel, with.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_what_was_locked_is_refused_with_the_line_that_locks_it()
    {
        folder.Write(
            "pylock.toml",
            $$"""
            lock-version = "1.0"
            created-by = "another"
            [[packages]]
            name = "inkpot"
            version = "0.9"
            sdist = { path = "{{Repository.Quickstart("batch/inkpot-0.9.zip")}}", hashes = { sha256 = "00" } }
            """
        );

        var run = Install();

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("wrong sha256: expected 00 (", run.Error, StringComparison.Ordinal);
        Assert.Contains("pylock.toml:3: inkpot 0.9), found ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock-version = \"2.0\"\ncreated-by = \"x\"\npackages = []", "another major version")]
    [InlineData("lock-version = \"1.0\"\npackages = []", "created-by")]
    [InlineData("steps: []", "a plan as JSON")]
    [InlineData("\"{}\"", "$")]
    [InlineData("", "a plan as JSON")]
    public void What_is_neither_a_plan_nor_a_lock_is_bad_input_in_one_line(string text, string part)
    {
        folder.Write("pylock.toml", text);

        var run = Install();

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("pylock.toml", "lock-version")]
    [InlineData("pylock.dev.toml", "lock-version")]
    [InlineData("plan.json", "resolver.plan/1")]
    [InlineData("plan.cdx.json", "CycloneDX")]
    [InlineData("plan.txt", "--hash=sha256:")]
    [InlineData("plan.dot", "digraph")]
    [InlineData("plan.mmd", "flowchart")]
    [InlineData("plan.html", "<!doctype html>")]
    public void The_suffix_of_the_output_picks_its_form(string name, string part)
    {
        Order(name);

        Assert.Contains(part, File.ReadAllText(folder[name]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan.toml")]
    [InlineData("plan.lock")]
    [InlineData("plan")]
    public void Any_other_suffix_is_a_wrong_command_line(string name)
    {
        var run = Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed", "-o", folder[name]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.False(File.Exists(folder[name]));
    }

    // The reference reader of the standard, where one is installed.
    [Fact]
    public void The_packaging_library_takes_the_lock_and_chooses_the_same()
    {
        Order("pylock.toml");
        const string reader =
            "import sys, tomllib\ntry:\n    from packaging.pylock import Pylock\nexcept ImportError:\n    "
            + "sys.exit(print('absent'))\nlock = Pylock.from_dict(tomllib.load(open(sys.argv[1], "
            + "'rb')))\nlock.validate()\nprint(*[package.name for package, _ in lock.select()])";
        var chosen = PythonOnPath
            .Run(Environment.GetEnvironmentVariable("RESOLVER_PACKAGING") ?? "", "-c", reader, folder["pylock.toml"])
            .Trim();
        Assert.SkipWhen(
            chosen == "absent",
            "python3 has no packaging.pylock (packaging 26 or later); RESOLVER_PACKAGING may name a folder that "
                + "holds it"
        );

        Assert.Equal("tinybuild inkpot letter-stamp letters poster", chosen);
    }

    private Invocation Install(params string[] more) =>
        Invocation.Of([
            .. (string[])
                [
                    "install",
                    "--plan",
                    folder["pylock.toml"],
                    "--prefix",
                    folder["prefix"],
                    "--dry-run",
                    "--format",
                    "json",
                ],
            .. more,
        ]);

    private void Order(string output) =>
        Assert.Equal(
            ExitCode.Done,
            Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed", "-o", folder[output]).ExitCode
        );

    private PyLock Lock(string name) => PyLock.TryParse(File.ReadAllBytes(folder[name])).Value;

    private static string Package(string name, string version, string source, string file, string more = "")
    {
        var path = Repository.Quickstart($"batch/{file}");
        return $$"""
            [[packages]]
            name = "{{name}}"
            version = "{{version}}"
            {{more}}
            {{source}} = { path = "{{path}}", hashes = { sha256 = "{{Hash(path)}}" } }
            """;
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
