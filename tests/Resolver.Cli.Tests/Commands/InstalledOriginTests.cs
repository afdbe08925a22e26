using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>PEP 610 and PEP 376: <c>direct_url.json</c> where a requirement names the file, with the reference as
/// given; <c>REQUESTED</c> where the user named the project. pip and importlib.metadata agree.</summary>
public sealed class InstalledOriginTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InstalledOriginTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("python3")]
    [InlineData("/root/.pyenv/versions/3.13/bin/python")] // with pip 24
    public void Pip_and_importlib_find_what_was_requested_and_how(string python)
    {
        if (python.StartsWith('/'))
        {
            var found = Directory.Exists("/root/.pyenv/versions")
                ? Directory.GetDirectories("/root/.pyenv/versions", "3.13*").FirstOrDefault()
                : null;
            Assert.SkipWhen(found is null, "there is no Python 3.13 of pyenv");
            python = Path.Combine(found!, "bin", "python");
        }
        Python(python, "-m", "venv", "--without-pip", folder["env"]);
        var target = folder["env/bin/python"];
        var wheel = new ToyWheel("app", "1.0").Requires("dep").In(folder["archive"]);
        new ToyWheel("dep", "1.0").In(folder["archive"]);
        new ToyWheel("named", "1.0").In(folder["archive"]);

        var installed = Invocation.Of(
            "install",
            $"app @ file://{wheel}",
            "named",
            "-f",
            folder["archive"],
            "--python",
            target,
            "--pip",
            python,
            "--no-cache"
        );

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        // By the link lib64 it is found a second time.
        var site = Path.GetDirectoryName(
            Directory.EnumerateDirectories(folder["env"], "app-1.0.dist-info", SearchOption.AllDirectories).First()
        )!;
        Assert.Equal(
            ["app-1.0.dist-info/REQUESTED", "app-1.0.dist-info/direct_url.json", "named-1.0.dist-info/REQUESTED"],
            Directory
                .EnumerateFiles(site, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(site, file))
                .Where(file => Path.GetFileName(file) is "REQUESTED" or "direct_url.json")
                .Order(StringComparer.Ordinal)
        );
        var direct = JsonDocument
            .Parse(File.ReadAllText(Path.Combine(site, "app-1.0.dist-info", "direct_url.json")))
            .RootElement;
        Assert.Equal($"file://{wheel}", direct.GetProperty("url").GetString());
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(wheel)));
        Assert.Equal(hash, direct.GetProperty("archive_info").GetProperty("hashes").GetProperty("sha256").GetString());
        Assert.Equal(
            [$"app @ file://{wheel}#sha256={hash}", "dep==1.0", "named==1.0"],
            Python(python, "-m", "pip", "--python", target, "freeze").Split('\n').Order(StringComparer.Ordinal)
        );
        // Every file that a RECORD lists is there, with the hash that it lists.
        Assert.Equal(
            "3",
            Python(
                target,
                "-c",
                "import base64, hashlib, importlib.metadata as m\nn = 0\nfor d in "
                    + "m.distributions(path=[__import__('sys').argv[1]]):\n    n += 1\n    for f in d.files:\n       "
                    + " assert f.locate().exists(), f\n        if f.hash: assert "
                    + "base64.urlsafe_b64encode(hashlib.new(f.hash.mode, "
                    + "f.locate().read_bytes()).digest()).rstrip(b'=').decode() == f.hash.value, f\nprint(n)",
                site
            )
        );
        Assert.Contains(
            "No broken requirements found",
            Python(python, "-m", "pip", "--python", target, "check"),
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Done, Invocation.Of("check", "--python", target).ExitCode);
    }

    [Fact]
    public void A_wheel_whose_record_does_not_hold_is_refused_and_leaves_nothing()
    {
        new ToyWheel("forged", "1.0")
            .With("forged.py", "x = 1\n")
            .Recorded("forged.py", "forged.py,sha256=AAAA,6")
            .In(folder["archive"]);

        var refused = Invocation.Of(
            "install",
            "forged",
            "-f",
            folder["archive"],
            "--prefix",
            folder["prefix"],
            "--no-cache"
        );

        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Matches("forged.py does not match its RECORD \\(sha256 expected AAAA, found ", refused.Error);
        Assert.False(Directory.Exists(folder["prefix"]));
    }

    private static string Python(string executable, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n');
    }
}
