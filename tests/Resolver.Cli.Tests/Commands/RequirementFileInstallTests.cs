using System.Diagnostics;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>A plan as a requirements file, installed by pip itself.</summary>
public sealed class RequirementFileInstallTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Pip_installs_it_though_it_would_not_find_every_file_by_its_name()
    {
        PythonOnPath.NeedPip();
        Directory.CreateDirectory(folder["archive"]);
        foreach (
            var (file, name) in new[]
            {
                ("tinybuild-2.0.tar.gz", "tinybuild-2.0.tar.gz"),
                ("inkpot-1.0-py3-none-any.whl", "inkpot-1.0-py3-none-any.whl"),
                // As Debian names upstream's tarballs, and as nobody can read.
                ("letters-2.0.tar.gz", "letters_2.0.orig.tar.gz"),
                ("letter_stamp-1.0.tar.bz2", "v1 100%#x.tar.bz2"),
            }
        )
            File.Copy(Path.Combine(Repository.Quickstart("archive"), file), folder[$"archive/{name}"]);
        var planned = Invocation.Of("order", folder["archive"], "--no-installed", "-o", folder["requirements.txt"]);
        Assert.True(planned.ExitCode == ExitCode.Done, planned.Error);
        var lines = File.ReadAllLines(folder["requirements.txt"]);
        Assert.Contains("tinybuild==2.0 \\", lines);
        Assert.Contains($"letters @ file://{folder["archive"]}/letters_2.0.orig.tar.gz \\", lines);

        var start = new ProcessStartInfo(
            "python3",
            [
                .. "-m pip install --no-index --no-cache-dir --disable-pip-version-check -q --require-hashes".Split(
                    ' '
                ),
                "--find-links",
                folder["archive"],
                "--target",
                folder["site"],
                "-r",
                folder["requirements.txt"],
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var pip = Process.Start(start)!;
        var output = pip.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await pip.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pip.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(pip.ExitCode == 0, $"{await output}{error}");
        Assert.Equal(
            ["inkpot-1.0", "letter_stamp-1.0", "letters-2.0", "tinybuild-2.0"],
            Directory
                .GetDirectories(folder["site"], "*.dist-info")
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal)
        );
    }
}
