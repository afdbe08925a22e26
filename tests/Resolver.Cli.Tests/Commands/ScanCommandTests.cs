using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Xunit;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>resolver scan</c>: the archive by project, what is remarkable in it, and its hashes.</summary>
public sealed class ScanCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_list_is_by_project_with_the_newest_version_first_and_says_what_is_remarkable()
    {
        folder.Wheel("beta", "1.0", "py3-none-any");
        folder.Wheel("alpha", "2.0", "py3-none-any");
        folder.Wheel("alpha", "10.0", "py3-none-any");
        Directory.CreateDirectory(folder["archive/copy"]);
        File.Copy(folder["archive/beta-1.0-py3-none-any.whl"], folder["archive/copy/beta-1.0-py3-none-any.whl"]);
        File.WriteAllText(folder["archive/gone-1.0.tar.gz.asc"], "a signature");
        File.WriteAllText(folder["archive/broken-1.0.tar.gz"], "no archive");

        var run = Scan();

        Assert.Equal(0, run.ExitCode);
        var titles = run.Output.Split('\n').Select(line => line.Split("  ")[0].Trim()).ToList();
        Assert.Equal(["alpha 10.0", "alpha 2.0", "beta 1.0", "beta 1.0", "?"], titles.Take(5));
        Assert.Contains("5 distributions of 2 projects; 1 without a name", run.Output, StringComparison.Ordinal);
        Assert.Contains("  1 with the same content as another: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("  1 unreadable or unusable: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"  1 orphaned: their archive is missing: {folder["archive"]}/gone-1.0.tar.gz.asc",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_broken_tree_is_named_by_its_path_as_given()
    {
        folder.Write("archive/tree/pyproject.toml", "[project\n");

        var run = ProgramProcess.RunIn(folder.Path, [], "scan", "archive", "--format", "json", "--cache-dir", folder["cache"]);

        Assert.Contains("\"archive/tree/pyproject.toml:1:9: it is no TOML", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_an_archive_says_what_is_planned_and_why_the_rest_is_not()
    {
        PythonOnPath.Need();
        folder.Wheel("alpha", "2.0", "py3-none-any");
        folder.Wheel("alpha", "10.0", "py3-none-any", "beta>=1");
        folder.Wheel("beta", "1.0", "py3-none-any");
        folder.Wheel("gamma", "1.0", "py3-none-any", "absent>=3");
        folder.Wheel("twin", "1.0", "py3-none-any");
        Directory.CreateDirectory(folder["archive/other"]);
        folder.Wheel("delta", "1.0", "py3-none-any", "beta");
        // The same version with another content: nobody can tell which is meant, and the rest is planned.
        File.Move(folder["archive/delta-1.0-py3-none-any.whl"], folder["archive/other/delta-1.0-py3-none-any.whl"]);
        folder.Wheel("delta", "1.0", "py3-none-any");
        File.WriteAllText(folder["archive/broken-1.0.tar.gz"], "no archive");

        var run = Scan("--format", "html");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 projects can be planned together; 2 cannot.", run.Output, StringComparison.Ordinal);
        var data = JsonDocument.Parse(run.Output.Split("id=\"data\">")[1].Split("</script>")[0]).RootElement;
        var files = data.GetProperty("projects")
            .EnumerateArray()
            .ToDictionary(each => each.GetProperty("n").GetString()!, each => each.GetProperty("f")[0]);
        Assert.Equal("10.0", files["alpha"].GetProperty("v").GetString());
        Assert.True(files["alpha"].TryGetProperty("t", out _));
        Assert.Equal("impossible", files["gamma"].GetProperty("l")[0].GetString());
        Assert.Equal("ambiguous", files["delta"].GetProperty("l")[0].GetString());
        Assert.Equal(
            "gamma 1.0 requires absent>=3, but the archive has no absent",
            data.GetProperty("texts")[files["gamma"].GetProperty("l")[1].GetInt32()].GetString()
        );
        Assert.Contains("absent&gt;=3", run.Output, StringComparison.Ordinal);
        Assert.Contains("broken-1.0.tar.gz", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_has_a_rank_beside_its_source()
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");

        var line = JsonDocument.Parse(Scan("--format", "json").Output).RootElement;

        Assert.Equal("wheel-metadata", line.GetProperty("known").GetProperty("version").GetString());
        Assert.Equal(3, line.GetProperty("trust").GetProperty("version").GetInt32());
    }

    [Fact]
    public void What_was_written_as_sums_holds_until_a_file_changes_or_goes()
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        folder.Wheel("beta", "1.0", "py3-none-any");
        var sums = folder["archive/SHA256SUMS"];
        Assert.Equal(0, Scan("--write-sums", sums).ExitCode);
        Assert.Equal(
            ["alpha-2.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl"],
            File.ReadLines(sums).Select(line => line[66..])
        );
        Assert.Equal(0, Scan("--verify", sums).ExitCode);

        folder.Wheel("alpha", "2.0", "py3-none-any", "other>=1");
        File.Delete(folder["archive/beta-1.0-py3-none-any.whl"]);
        var run = Scan("--verify", sums, "--format", "json");

        Assert.Equal(3, run.ExitCode);
        var problem = JsonDocument.Parse(run.Output).RootElement.GetProperty("problems")[0];
        Assert.Equal("hash-mismatch", problem.GetProperty("code").GetString());
        Assert.Contains("missing: " + folder["archive/beta-1.0-py3-none-any.whl"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_is_a_list_of_hashes_too()
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        File.WriteAllText(
            folder["pylock.toml"],
            $"""
            lock-version = "1.0"
            created-by = "test"
            [[packages]]
            name = "alpha"
            version = "2.0"
            [[packages.wheels]]
            name = "alpha-2.0-py3-none-any.whl"
            path = "alpha-2.0-py3-none-any.whl"
            hashes = {"{"} sha256 = "{new string('0', 64)}" {"}"}
            """
        );

        var run = Scan("--verify", folder["pylock.toml"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("0 as listed, 1 different, 0 missing, 0 not listed", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The lists are written by the programs of coreutils.</summary>
    [Theory]
    [InlineData("md5", false)]
    [InlineData("sha1", false)]
    [InlineData("sha224", false)]
    [InlineData("sha384", false)]
    [InlineData("sha512", false)]
    [InlineData("md5", true)]
    [InlineData("sha512", true)]
    public void Every_kind_of_hash_that_pip_accepts_is_compared(string kind, bool tagged)
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        var sums = folder[$"archive/{kind.ToUpperInvariant()}SUMS"];
        File.WriteAllText(sums, Sum(kind, tagged));
        Assert.Equal(0, Scan("--verify", sums).ExitCode);

        folder.Wheel("alpha", "2.0", "py3-none-any", "other>=1");
        var run = Scan("--verify", sums);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"wrong {kind}: expected ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256", true)]
    [InlineData("sha512", false)]
    public void List_beside_a_file_may_be_a_hash_alone(string kind, bool alone)
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        var sums = folder[$"archive/alpha-2.0-py3-none-any.whl.{kind}"];
        var line = Sum(kind, tagged: false);
        File.WriteAllText(sums, alone ? line.Split(' ')[0] + "\n" : line);
        Assert.Equal(0, Scan("--verify", sums).ExitCode);

        folder.Wheel("alpha", "2.0", "py3-none-any", "other>=1");

        Assert.Equal(3, Scan("--verify", sums).ExitCode);
    }

    [Fact]
    public void List_of_a_kind_that_pip_does_not_accept_is_refused_by_name()
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        File.WriteAllText(folder["archive/B2SUMS"], $"{new string('0', 128)}  alpha-2.0-py3-none-any.whl\n");

        var run = Scan("--verify", folder["archive/B2SUMS"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("BLAKE2", run.Error, StringComparison.Ordinal);
    }

    private string Sum(string kind, bool tagged)
    {
        var program = $"/usr/bin/{kind}sum";
        Assert.SkipUnless(File.Exists(program), $"there is no {program}");
        var start = new ProcessStartInfo(program, [.. tagged ? new[] { "--tag" } : [], "alpha-2.0-py3-none-any.whl"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder["archive"],
        };
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    [Fact]
    public void An_invalid_list_of_hashes_is_bad_input_with_its_line()
    {
        folder.Wheel("alpha", "2.0", "py3-none-any");
        File.WriteAllText(folder["SUMS"], $"{new string('0', 64)}  fine.whl\nnonsense\n");

        var run = Scan("--verify", folder["SUMS"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"{folder["SUMS"]}:2: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_index_url_is_a_wrong_command_line()
    {
        var run = Scan("--index", "mysql://somewhere");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("postgres://", run.Error, StringComparison.Ordinal);
    }

    private Invocation Scan(params string[] further)
    {
        Directory.CreateDirectory(folder["archive"]);
        return Invocation.Of([
            "scan",
            "-f",
            folder["archive"],
            "--no-config",
            "--cache-dir",
            folder["cache"],
            .. further,
        ]);
    }
}
