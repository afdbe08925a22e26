using System.Security.Cryptography;
using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>References to files (PEP 508, PEP 610) wherever one may be written, requirements that are files, and the
/// hashes that are given for files.</summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string lib;

    public ReferenceTests()
    {
        PythonOnPath.Need();
        folder.Wheel("lib", "1", "py3-none-any", "late; extra == 'x'");
        folder.Wheel("late", "1", "py3-none-any");
        folder.Wheel("app", "1", "py3-none-any", "lib");
        Directory.CreateDirectory(folder["elsewhere"]);
        lib = folder["elsewhere/lib-1-py3-none-any.whl"];
        File.Move(folder["archive/lib-1-py3-none-any.whl"], lib);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lib @ file://{0}")]
    [InlineData("lib @ file:{0}")]
    [InlineData("lib @ file://localhost{0}")]
    [InlineData("lib @ file://{0}#egg=lib")]
    [InlineData("file://{0}")]
    [InlineData("file:{0}")]
    [InlineData("file://{0}#egg=lib")]
    [InlineData("{0}")]
    public void File_is_requested_with_its_name_or_without(string form) =>
        Assert.Equal("lib 1", Steps(string.Format(null, form, lib)));

    [Theory]
    [InlineData("{0}[x]")]
    [InlineData("file://{0}#egg=lib[x]")]
    [InlineData("lib[x] @ file://{0}")]
    public void Extras_of_a_file_are_followed(string form) =>
        Assert.Equal("late 1, lib 1", Steps(string.Format(null, form, lib), "-f", folder["archive"]));

    [Theory]
    [InlineData("lib @ file:lib-1-py3-none-any.whl", ExitCode.Usage)]
    [InlineData("lib @ ./x.whl", ExitCode.Usage)]
    [InlineData("lib @ file://host{0}", ExitCode.Usage)]
    [InlineData("file:///nowhere/lib-1-py3-none-any.whl", ExitCode.BadInput)]
    [InlineData("https://host.example/lib.tar.gz", ExitCode.Usage)]
    public void Reference_that_leads_nowhere_is_refused(string form, int code)
    {
        var run = Plan(string.Format(null, form, lib));

        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Line_of_a_requirement_file_may_be_a_path_or_a_url_and_the_file_itself_a_url()
    {
        var file = folder.Write("r.txt", $"file://{lib}\n{folder["archive/app-1-py3-none-any.whl"]} # a comment\n");

        Assert.Equal("app 1, lib 1", Steps("-r", $"file://{file}"));
    }

    [Fact]
    public void Constraint_with_a_reference_is_where_the_file_comes_from()
    {
        var file = folder.Write("c.txt", $"lib @ file://{lib}\n");

        Assert.Equal("app 1, lib 1", Steps("app", "-f", $"file://{folder["archive"]}/", "-c", file));
    }

    [Fact]
    public void Reference_in_metadata_is_read_where_it_points_even_if_its_project_was_looked_at_before()
    {
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}", "late");
        folder.Wheel("lib", "0", "py3-none-any");

        Assert.Equal("app 1, late 1, lib 1, top 1", Steps("lib", "app", "top", "-f", folder["archive"]));
    }

    [Fact]
    public void File_that_only_metadata_refers_to_comes_after_everything_in_the_archive()
    {
        folder.Wheel("top", "2", "py3-none-any", "lib");
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}");
        folder.Wheel("lib", "0", "py3-none-any");

        Assert.Equal("lib 0, top 2", Steps("top", "-f", folder["archive"]));
    }

    [Fact]
    public void File_outside_the_archive_is_not_there_for_who_does_not_refer_to_it()
    {
        folder.Wheel("top", "2", "py3-none-any", "lib");
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}");

        Assert.Equal("lib 1, top 1", Steps("top", "-f", folder["archive"]));
        Assert.Equal(ExitCode.Impossible, Plan("top==2", "-f", folder["archive"]).ExitCode);
    }

    [Fact]
    public void File_outside_the_archive_serves_others_beside_who_refers_to_it()
    {
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}");

        Assert.Equal("app 1, lib 1, top 1", Steps("app", "top", "-f", folder["archive"]));
    }

    [Fact]
    public void Two_ways_to_one_content_are_one_candidate()
    {
        File.Copy(lib, folder["archive/lib-1-py3-none-any.whl"]);
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}");

        Assert.Equal(
            "lib 1, top 1",
            Steps("top", $"lib @ file://{folder["archive/lib-1-py3-none-any.whl"]}", "-f", folder["archive"])
        );
    }

    [Fact]
    public void Reference_whose_marker_is_false_is_not_read() =>
        Assert.Equal("late 1", Steps("late", "lib @ file:///nowhere ; python_version < '3'", "-f", folder["archive"]));

    [Theory]
    [InlineData("other @ file://{0}")]
    [InlineData("file://{0}#egg=other")]
    public void File_of_another_project_is_named_with_what_it_contains(string form)
    {
        var run = Plan(string.Format(null, form, lib));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("contains lib 1, not other", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha1")]
    [InlineData("sha224")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public void Wrong_hash_of_a_reference_is_bad_input_that_names_everything(string algorithm)
    {
        var run = Plan($"lib @ file://{lib}#{algorithm}=00");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"{lib}: wrong {algorithm}: expected 00 (", run.Error, StringComparison.Ordinal);
        Assert.Contains("found ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_hashes_of_a_reference_must_hold()
    {
        var content = File.ReadAllBytes(lib);
        var (right, other) = (Hex(SHA256.HashData(content)), Hex(SHA512.HashData(content)));

        Assert.Equal("lib 1", Steps($"lib @ file://{lib}#sha256={right}&sha512={other}"));
        Assert.Equal(ExitCode.BadInput, Plan($"lib @ file://{lib}#sha256={right}&sha512=00").ExitCode);
    }

    [Fact]
    public void Wrong_hash_of_a_reference_in_metadata_is_bad_input()
    {
        folder.Wheel("top", "1", "py3-none-any", $"lib @ file://{lib}#sha384=00");

        Assert.Contains(
            $"{lib}: wrong sha384: expected 00",
            Plan("top", "-f", folder["archive"]).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Hash_chooses_among_the_files_of_one_version()
    {
        Directory.CreateDirectory(folder["archive/deeper"]);
        File.Copy(lib, folder["archive/deeper/lib-1-py3-none-any.whl"]);
        folder.Wheel("lib", "1", "py3-none-any", "late");
        var file = folder.Write("r.txt", $"lib==1 --hash=sha512:{Hex(SHA512.HashData(File.ReadAllBytes(lib)))}\n");

        Assert.Equal("lib 1", Steps("-r", file, "-f", folder["archive"]));
    }

    [Fact]
    public void One_hash_requires_hashes_of_everything()
    {
        var hash = Hex(SHA256.HashData(File.ReadAllBytes(lib)));
        var file = folder.Write("r.txt", $"lib==1 --hash=sha256:{hash}\napp==1\n");

        var run = Plan("-r", file, "-f", folder["archive"], "-f", folder["elsewhere"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("no hash is given for app 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_of_two_lines_must_agree()
    {
        var hash = Hex(SHA256.HashData(File.ReadAllBytes(lib)));
        var file = folder.Write("r.txt", $"lib==1 --hash=sha256:{hash}\n");
        var other = folder.Write("c.txt", $"lib==1 --hash=sha256:{new string('0', 64)}\n");

        Assert.Equal(ExitCode.BadInput, Plan("-r", file, "-c", other, "-f", folder["elsewhere"]).ExitCode);
    }

    [Fact]
    public void Extra_that_a_project_does_not_have_is_a_warning()
    {
        var run = Plan($"{lib}[nosuch]", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("lib 1 has no extra 'nosuch'", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("nosuch", json.RootElement.GetProperty("unknown_extras")[0].GetProperty("extra").GetString());
    }

    [Theory]
    [InlineData("--only-binary", ":all:", "--no-binary", "tree", true)]
    [InlineData("--no-binary", ":all:", "--only-binary", "late", true)]
    [InlineData("--no-binary", "tree", "--only-binary", ":all:", false)] // as in pip: ':all:' replaces what was said before
    public void Named_project_wins_over_all_that_was_said_before(
        string first,
        string firstValue,
        string second,
        string secondValue,
        bool isPossible
    )
    {
        folder.Tree("tree", "1");

        var run = Plan("tree", "late", "-f", folder["archive"], first, firstValue, second, secondValue);

        Assert.Equal(isPossible ? ExitCode.Done : ExitCode.Impossible, run.ExitCode);
    }

    [Fact]
    public void Options_of_a_requirement_file_are_obeyed_and_the_rest_is_reported_once()
    {
        folder.Wheel("late", "2a1", "py3-none-any");
        var file = folder.Write(
            "r.txt",
            "--index-url https://host.example/simple\n--extra-index-url https://host.example/more\n--pre\nlate\n"
        );

        var run = Plan("-r", file, "-f", folder["archive"]);

        Assert.Contains("late 2a1", run.Output, StringComparison.Ordinal);
        Assert.Contains("--extra-index-url, --index-url are ignored", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_that_is_requested_editable_has_an_editable_step()
    {
        var tree = folder.Tree("tree", "1");

        using var json = JsonDocument.Parse(
            Plan("-e", tree, "late", "-f", folder["archive"], "--format", "json").Output
        );

        Assert.Equal(
            ["tree"],
            json.RootElement.GetProperty("steps")
                .EnumerateArray()
                .Where(step => step.TryGetProperty("editable", out var editable) && editable.GetBoolean())
                .Select(step => step.GetProperty("name").GetString()!)
        );
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static Invocation Plan(params string[] arguments) =>
        Invocation.Of(["plan", .. arguments, "--no-installed", "--no-cache"]);

    private static string Steps(params string[] arguments)
    {
        var run = Plan([.. arguments, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        using var json = JsonDocument.Parse(run.Output);
        return string.Join(
            ", ",
            json.RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("version").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }
}
