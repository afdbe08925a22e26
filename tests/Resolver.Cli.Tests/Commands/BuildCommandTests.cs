using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>resolver build</c>, with real setup.py files, the machine's own setuptools and a real pip.</summary>
public sealed class BuildCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BuildCommandTests() => SetuptoolsSdists.Need();

    public void Dispose() => folder.Dispose();

    private Invocation Build(params string[] arguments) =>
        Invocation.Of([
            "build",
            "--python",
            SetuptoolsSdists.Python,
            "--no-wheel-cache",
            "--no-config",
            "-o",
            folder["wheels"],
            .. arguments,
        ]);

    private string[] Wheels(string place = "wheels") =>
        Directory.Exists(folder[place])
            ? [.. Directory.EnumerateFileSystemEntries(folder[place]).Select(Path.GetFileName).Order()!]
            : [];

    /// <summary>app requires lib (to be built) and ready (a wheel), and is built with helper.</summary>
    private void WriteArchive()
    {
        folder.SetuptoolsSdist("archive", "helper");
        folder.SetuptoolsSdist("archive", "lib");
        folder.SetuptoolsSdist(
            "archive",
            "app",
            arguments: "install_requires=['lib', 'ready']",
            before: "import helper",
            requires: "'helper'"
        );
        folder.Wheel("ready", "1.0", "py3-none-any");
    }

    [Fact]
    public async Task The_wheels_are_those_that_pip_wheel_writes()
    {
        WriteArchive();
        Assert.Equal(ExitCode.Done, Build("helper", "-f", folder["archive"]).ExitCode);
        Directory.Move(folder["wheels"], folder["helper"]);

        var run = Build("app", "-f", folder["archive"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        // pip sees what the build needs only where it is installed already.
        var start = new ProcessStartInfo(
            SetuptoolsSdists.Python,
            [
                "-m",
                "pip",
                "wheel",
                "app",
                "--no-index",
                "--no-build-isolation",
                "-f",
                folder["archive"],
                "-w",
                folder["pip"],
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = folder["helper/helper-1.0-py3-none-any.whl"];
        using var pip = Process.Start(start)!;
        var output = pip.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await pip.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pip.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(pip.ExitCode == 0, error + await output);
        Assert.Equal(["app-1.0-py3-none-any.whl", "lib-1.0-py3-none-any.whl", "ready-1.0-py3-none-any.whl"], Wheels());
        Assert.Equal(Wheels("pip"), Wheels());
        foreach (var wheel in Wheels())
            Assert.Equal(Files($"pip/{wheel}"), Files($"wheels/{wheel}"));
    }

    private SortedDictionary<string, string> Files(string wheel)
    {
        using var zip = ZipFile.OpenRead(folder[wheel]);
        return new(
            zip.Entries.ToDictionary(
                entry => entry.FullName,
                entry =>
                {
                    using var reader = new StreamReader(entry.Open());
                    return reader.ReadToEnd();
                }
            ),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public void Nothing_is_installed_or_left_over()
    {
        WriteArchive();
        var before = Directory.GetDirectories(Path.GetTempPath(), "resolver-build-*").ToHashSet();

        var run = Build("app", "-f", folder["archive"], "--build-requirements", "--format", "json");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["app True", "helper True", "lib True", "ready False"],
            json.RootElement.GetProperty("wheels")
                .EnumerateArray()
                .Select(wheel => $"{wheel.GetProperty("name").GetString()} {wheel.GetProperty("built").GetBoolean()}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(4, Wheels().Length);
        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "resolver-build-*"),
            each => !before.Contains(each)
        );
        var installed = Invocation.Of("list", "--python", SetuptoolsSdists.Python, "--no-config");
        Assert.DoesNotContain("helper", installed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_requires_a_failed_build_is_left_out_and_the_rest_is_built()
    {
        folder.SetuptoolsSdist("batch", "bad", before: "import sys; sys.exit('no compiler')");
        folder.SetuptoolsSdist("batch", "needs", requires: "'bad'");
        folder.SetuptoolsSdist("batch", "good");

        var first = Build(folder["batch"] + "/");
        Assert.Equal(ExitCode.StepFailed, first.ExitCode);
        Assert.Contains("no compiler", first.Error, StringComparison.Ordinal);
        Assert.Contains("--keep-going", first.Error, StringComparison.Ordinal);

        var run = Build(folder["batch"] + "/", "--keep-going");

        Assert.Equal(ExitCode.StepFailed, run.ExitCode);
        Assert.Equal(["good-1.0-py3-none-any.whl"], Wheels());
        Assert.Contains("not built: needs 1.0: requires bad 1.0, which failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("Wrote 1 wheel to ", run.Output, StringComparison.Ordinal);
        Assert.Contains("; 2 not built.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_fails_the_step_and_names_it()
    {
        folder.Wheel("ready", "1.0", "py3-none-any");
        folder.Write("wheels", "a file");

        var run = Build("ready", "-f", folder["archive"]);

        Assert.Equal(ExitCode.StepFailed, run.ExitCode);
        Assert.Contains(folder["wheels"], run.Error, StringComparison.Ordinal);
        Assert.Equal("a file", File.ReadAllText(folder["wheels"]));
    }

    [Fact]
    public void Without_a_plan_there_is_an_explanation_and_nothing_is_written()
    {
        var run = Build("nowhere", "-f", folder["archive"]);

        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Empty(Wheels());
        WriteArchive();
        Assert.Equal(ExitCode.Done, Build("app", "-f", folder["archive"], "--dry-run").ExitCode);
        Assert.Empty(Wheels());
    }
}
