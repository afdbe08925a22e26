using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>resolver check</c>: exit code 1 when something is inconsistent, files included.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CheckCommandTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_that_are_missing_or_changed_or_written_over_are_reported()
    {
        // SHA-256 of 'mine', as RECORD writes it.
        Install("whole", "whole.py", "mine", "P9MFQv4_YbFL1KSy3Atvsw-m9j685S3Rd4qqjE3ALP8");
        Install("lost", "lost.py", null, "P9MFQv4_YbFL1KSy3Atvsw-m9j685S3Rd4qqjE3ALP8");
        Install("edited", "edited.py", "theirs", "P9MFQv4_YbFL1KSy3Atvsw-m9j685S3Rd4qqjE3ALP8");
        Install("first", "both.py", "mine", "P9MFQv4_YbFL1KSy3Atvsw-m9j685S3Rd4qqjE3ALP8");
        Install("second", "both.py", "mine", "AAAAHhwgSe5b5JW7uIqlzrnv0_ZRrsNwkgJMRbHwS2I");

        var files = Check(folder["site"])
            .GetProperty("files")
            .EnumerateArray()
            .Select(file =>
                $"{file.GetProperty("problem").GetString()} {Path.GetFileName(file.GetProperty("path").GetString())} "
                + $"{file.GetProperty("of").GetString()}"
            )
            .ToList();

        Assert.Contains("missing lost.py lost 1.0", files);
        Assert.Contains("owned-twice both.py second 1.0", files);
        Assert.Contains("changed edited.py edited 1.0", files);
        Assert.DoesNotContain(files, file => file.Contains("whole", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_build_needs_is_asked_on_request_only()
    {
        Install("letters", "letters.py", "mine", null, "1.1");

        Assert.DoesNotContain(
            Problems(Check(folder["site"])),
            problem => problem.StartsWith("letters", StringComparison.Ordinal)
        );
        Assert.Contains(
            "letters tinybuild>=1.1 build",
            Problems(Check(folder["site"], "--build-requirements", "-f", Repository.Quickstart("archive")))
        );
    }

    [Fact]
    public void What_does_not_run_on_this_python_is_reported()
    {
        Install("old", "old.py", "mine", null, metadata: "Requires-Python: <3\n");
        Install("new", "new.py", "mine", null, metadata: "Requires-Python: >=3\n");

        var report = Check(folder["site"]);
        var text = Invocation.Of("check", "--target", folder["site"]);

        Assert.Equal(
            "old 1.0 <3",
            string.Join(
                ';',
                report
                    .GetProperty("python")
                    .EnumerateArray()
                    .Select(each =>
                        $"{each.GetProperty("name").GetString()} {each.GetProperty("version").GetString()} "
                        + $"{each.GetProperty("requires_python").GetString()}"
                    )
            )
        );
        Assert.False(report.GetProperty("consistent").GetBoolean());
        Assert.Equal(ExitCode.Impossible, text.ExitCode);
        Assert.Contains("old 1.0 requires Python<3, and 3.", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--build-requirements")]
    [InlineData("-f", "x")]
    public void Build_requirements_and_an_archive_go_together(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Invocation.Of(["check", .. arguments]).ExitCode);

    private static JsonElement Check(string site, params string[] arguments) =>
        JsonDocument
            .Parse(Invocation.Of(["check", "--target", site, "--format", "json", .. arguments]).Output)
            .RootElement;

    private static List<string> Problems(JsonElement report) =>
        [
            .. report
                .GetProperty("problems")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("name").GetString()} {each.GetProperty("requirement").GetString()} "
                    + $"{each.GetProperty("role").GetString()}"
                ),
        ];

    private void Install(
        string name,
        string file,
        string? content,
        string? hash,
        string version = "1.0",
        string metadata = ""
    )
    {
        var info = $"{name}-{version}.dist-info";
        Directory.CreateDirectory(folder[$"site/{info}"]);
        File.WriteAllText(
            folder[$"site/{info}/METADATA"],
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}"
        );
        File.WriteAllText(
            folder[$"site/{info}/RECORD"],
            $"{file},{(hash is null ? "" : "sha256=" + hash)},\n{info}/METADATA,,\n{info}/RECORD,,\n"
        );
        if (content is not null)
            File.WriteAllText(folder[$"site/{file}"], content);
    }
}
