using System.Diagnostics;
using System.Security.Cryptography;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Lock files, required hashes, prefix templates and files for whoever uses the result.</summary>
public sealed class TrustedInstallTests : IDisposable
{
    private static readonly string Inkpot = Path.Combine(
        Repository.Quickstart("archive"),
        "inkpot-1.0-py3-none-any.whl"
    );
    private readonly TemporaryFolder folder = new();

    public TrustedInstallTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_lock_file_is_recognised_by_its_content_and_its_files_are_found_beside_it_or_in_the_archive()
    {
        var beside = folder.Write("any.name", Lock($"path = '{Inkpot}'", Digest()));
        var elsewhere = folder.Write(
            "pylock.toml",
            Lock("url = 'https://example.org/inkpot-1.0-py3-none-any.whl'", Digest())
        );

        var first = Invocation.Of(
            "install",
            "--plan",
            beside,
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--require-hashes",
            "--format",
            "requirements"
        );
        var second = Invocation.Of(
            "install",
            "--plan",
            elsewhere,
            "-f",
            Repository.Quickstart("archive"),
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "requirements"
        );
        var third = Invocation.Of("install", "--plan", elsewhere, "--prefix", folder["prefix"], "--dry-run");

        Assert.StartsWith("inkpot==1.0 \\\n    --hash=sha256:", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(ExitCode.BadInput, third.ExitCode);
        Assert.Contains("inkpot-1.0-py3-none-any.whl is not there", third.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("script")]
    [InlineData("slurm")]
    public void A_script_checks_its_archive_in_the_step_that_uses_it(string format)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no POSIX shell");
        var wheel = new ToyWheel("its", "1.0").In(folder["it's a folder"]);
        string[] arguments = ["install", "its", "-f", folder["it's a folder"], "--prefix", folder["prefix"]];
        var script = Invocation.Of([.. arguments, "--dry-run", "--format", format]);
        Assert.True(script.ExitCode == ExitCode.Done, script.Error);
        Assert.Contains(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(wheel))),
            script.Output,
            StringComparison.Ordinal
        );
        if (format == "slurm")
            return;
        var file = folder.Write("install.sh", script.Output);
        var content = File.ReadAllBytes(wheel);
        File.AppendAllText(wheel, "changed");

        var changed = Shell(file);

        Assert.Equal(ExitCode.BadInput, changed.Code);
        Assert.Contains("its content is not what was planned", changed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["prefix"]));
        File.WriteAllBytes(wheel, content);
        Assert.Equal(0, Shell(file).Code);
        Assert.True(Directory.Exists(folder["prefix"]));
    }

    private static (int Code, string Error) Shell(string file)
    {
        var start = new ProcessStartInfo("/bin/sh", [file])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    [Fact]
    public void A_locked_file_with_other_content_is_refused_and_named()
    {
        var run = Invocation.Of(
            "install",
            "--plan",
            folder.Write("pylock.toml", Lock($"path = '{Inkpot}'", new string('0', 64))),
            "--prefix",
            folder["prefix"]
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"{Inkpot}: wrong sha256: expected {new string('0', 64)}", run.Error, StringComparison.Ordinal);
        Assert.Contains("found ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["prefix"]));
    }

    [Theory]
    [InlineData("lock-version = '1.0'\nnonsense")]
    [InlineData("created-by = 'x'\npackages = []\n", "lock-version")]
    public void Broken_lock_file_is_bad_input(string text, string part = "pylock.toml")
    {
        var run = Invocation.Of("install", "--plan", folder.Write("pylock.toml", text), "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_file_with_nothing_for_this_environment_is_an_empty_plan()
    {
        var file = folder.Write("pylock.toml", "lock-version = '1.0'\ncreated-by = 'x'\npackages = []\n");

        var run = Invocation.Of(
            "install",
            "--plan",
            file,
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("\"steps\": []", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Required_hashes_are_required_of_build_requirements_too()
    {
        var letters = Path.Combine(Repository.Quickstart("archive"), "letters-2.0.tar.gz");
        var requirements = folder.Write(
            "requirements.txt",
            $"letters==2.0 --hash=sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(letters)))}\n"
        );

        var run = Invocation.Of(
            "install",
            "-r",
            requirements,
            "-f",
            Repository.Quickstart("archive"),
            "--prefix",
            folder["prefix"],
            "--require-hashes"
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("no hash is given for tinybuild", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_hashes_are_required_each_fix_that_is_offered_gives_a_plan()
    {
        folder.Wheel("app", "1.0", "py3-none-any", "lib>=2");
        folder.Wheel("lib", "1.0", "py3-none-any");
        var app = Convert.ToHexStringLower(
            SHA256.HashData(File.ReadAllBytes(folder["archive/app-1.0-py3-none-any.whl"]))
        );
        var requirements = folder.Write("requirements.txt", $"--require-hashes\napp==1.0 --hash=sha256:{app}\n");
        string[] plan = ["plan", "-r", requirements, "-f", folder["archive"], "--no-installed", "--no-config"];

        var without = Invocation.Of(plan);
        var with = Invocation.Of([.. plan, "--apply-fix", "1"]);

        // The lib that is there has no hash: to take it would be no plan.
        Assert.Contains("1. add lib>=2 to the archive", without.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  2. ", without.Output, StringComparison.Ordinal);
        Assert.True(with.ExitCode == ExitCode.Done, with.Error);
    }

    [Theory]
    [InlineData("--prefix", "x/{version}")]
    [InlineData("--prefix", "x/{nam}")]
    [InlineData("--env-file", "use.txt")]
    [InlineData("--step-timeout", "0")]
    [InlineData("--found-by", "luck")]
    public void A_value_that_means_nothing_is_exit_2(string option, string value)
    {
        var run = Invocation.Of(
            "install",
            "inkpot",
            "-f",
            Repository.Quickstart("archive"),
            option,
            value,
            "--dry-run"
        );

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("use.sh", "export PYTHONPATH=")]
    [InlineData("use.lua", "prepend_path(\"PYTHONPATH\", \"")]
    [InlineData("use.pth", "/")]
    [InlineData("use_inkpot.py", "class InstalledFinder")]
    public void What_is_needed_to_use_a_template_is_written_in_each_form(string file, string says)
    {
        var run = Invocation.Of(
            "install",
            "inkpot==1.0",
            "-f",
            Repository.Quickstart("archive"),
            "--prefix",
            folder["py/{name}/{version}"],
            "--env-file",
            folder[file],
            "--smoke"
        );

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var text = File.ReadAllText(folder[file]);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Contains(folder["py/inkpot/1.0/"], text, StringComparison.Ordinal);
        Assert.Equal("inkpot 1.0", Imported(file).Trim());
    }

    [Fact]
    public void The_later_of_two_versions_that_are_there_is_kept_unless_the_earlier_is_requested()
    {
        string[] Install(string requirement, string form) =>
            [
                "install",
                requirement,
                "-f",
                Repository.Quickstart("archive"),
                "--prefix",
                folder["py/{name}/{version}"],
                "--format",
                form,
            ];
        Assert.Equal(ExitCode.Done, Invocation.Of([.. Install("letters==1.0", "text")]).ExitCode);
        Assert.Equal(ExitCode.Done, Invocation.Of([.. Install("letters==2.0", "text")]).ExitCode);

        var later = Invocation.Of([.. Install("letters", "json"), "--dry-run"]);
        var earlier = Invocation.Of([.. Install("letters<2", "json"), "--dry-run"]);

        Assert.Contains("py/letters/2.0/", later.Output, StringComparison.Ordinal);
        Assert.Contains("py/letters/1.0/", earlier.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"install\"", earlier.Output, StringComparison.Ordinal);
    }

    private static string Digest() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Inkpot)));

    private static string Lock(string place, string digest) =>
        $$"""
            lock-version = '1.0'
            created-by = 'a test'
            [[packages]]
            name = 'inkpot'
            version = '1.0'
            [[packages.wheels]]
            {{place}}
            hashes = {sha256 = '{{digest}}'}

            """;

    // By the file as its user would use it, in an interpreter that knows nothing of it otherwise.
    private string Imported(string file)
    {
        const string Say = "import importlib.metadata as m, inkpot; print(inkpot.__name__, m.version('inkpot'))";
        return Path.GetExtension(file) switch
        {
            ".sh" => PythonOnPath.Run(
                "",
                "-c",
                $"import subprocess; print(subprocess.run(['sh', '-c', \"\"\". '{folder[file]}'; python3 -c "
                    + $"\"{Say}\" \"\"\"], capture_output=True, text=True).stdout)"
            ),
            ".pth" => PythonOnPath.Run("", "-c", $"import site; site.addsitedir(r'{folder.Path}'); {Say}"),
            ".py" => PythonOnPath.Run(
                "",
                "-c",
                $"import sys; sys.path.insert(0, r'{folder.Path}'); import use_inkpot; {Say}"
            ),
            _ => PythonOnPath.Run(
                "",
                "-c",
                $"import subprocess; print(subprocess.run(['sh', '-c', \"\"\"eval \"$('{Lmod.Require()}' bash load "
                    + $"use)\"; python3 -c \"{Say}\" \"\"\"], env=dict(__import__('os').environ, "
                    + $"MODULEPATH='{folder.Path}'), capture_output=True, text=True).stdout)"
            ),
        };
    }
}
