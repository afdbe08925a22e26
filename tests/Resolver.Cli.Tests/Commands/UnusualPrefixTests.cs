using System.Diagnostics;
using System.Globalization;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Clocks that jump, prefixes inside prefixes, parts that cannot be written, and Ctrl-C while hooks run: with
/// the real pip, by the program in processes of its own.</summary>
public sealed class UnusualPrefixTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public UnusualPrefixTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals, links and rights of Unix");
        PythonOnPath.NeedPip();
        foreach (var version in (string[])["1.0", "2.0"])
            new ToyWheel("toy", version).With("toy.py", $"version = '{version}'\n").In(folder["archive"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_run_is_the_one_made_last_though_the_clock_was_set_back()
    {
        Installed("toy==1.0", folder["prefix"]);
        // As if it had been made by a clock that was years ahead.
        var ahead = Directory.EnumerateDirectories(folder["state/runs"]).Single();
        Directory.Move(ahead, folder["state/runs/29991231T235959999Z-00000000"]);
        Installed("toy==2.0", folder["prefix"]);

        var undone = Run("undo", "--last");

        Assert.True(undone.ExitCode == ExitCode.Done, undone.Error);
        Assert.Equal("version = '1.0'\n", File.ReadAllText(Module(folder["prefix"])));
        Assert.Equal(ExitCode.Done, Run("undo", "--last").ExitCode);
        Assert.False(Directory.Exists(folder["prefix"]));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_a_prefix_inside_alone_that_was_filled_meanwhile()
    {
        var pip = Executable(
            "pip",
            $"case \"$*\" in *--version*) exec python3 -m pip \"$@\";; esac; touch '{folder["started"]}'; while [ ! "
                + $"-e '{folder["go"]}' ]; do sleep 0.1; done; exit 1"
        );
        using var outer = Start(
            "install",
            "toy==1.0",
            "-f",
            folder["archive"],
            "--prefix",
            folder["prefix"],
            "--pip",
            pip
        );
        await Until(folder["started"], outer);

        Installed("toy==2.0", folder["prefix/inner"]);
        var inner = Contents(folder["prefix/inner"]);
        File.WriteAllText(folder["go"], "");
        await Ended(outer);

        Assert.Equal(ExitCode.StepFailed, outer.ExitCode);
        Assert.Equal(inner, Contents(folder["prefix/inner"]));
        Assert.Equal(ExitCode.Done, Run("undo", "--last").ExitCode);
    }

    [Fact]
    public void A_prefix_and_one_inside_it_are_undone_separately()
    {
        Installed("toy==1.0", folder["prefix"]);
        Installed("toy==2.0", folder["prefix/inner"]);
        var inner = Contents(folder["prefix/inner"]);
        var first = Directory.EnumerateDirectories(folder["state/runs"]).Order(StringComparer.Ordinal).First();

        Assert.Equal(ExitCode.Done, Run("undo", Path.GetFileName(first)).ExitCode);

        Assert.Equal(inner, Contents(folder["prefix/inner"]));
        Assert.Equal(ExitCode.Done, Run("undo", "--last").ExitCode);
        Assert.False(Directory.Exists(folder["prefix/lib"]));
    }

    /// <summary>Root writes everywhere, but into no folder whose place is taken by a file.</summary>
    [Theory]
    [InlineData("share")]
    [InlineData("bin")]
    public void A_part_of_a_prefix_that_cannot_be_written_fails_the_step_and_leaves_all_as_it_was(string part)
    {
        new ToyWheel("wide", "1.0")
            .With("wide.py", "")
            .With("wide-1.0.data/data/share/wide.txt", "x")
            .With("wide-1.0.dist-info/entry_points.txt", "[console_scripts]\nwide = wide:main\n")
            .In(folder["archive"]);
        Directory.CreateDirectory(folder["prefix"]);
        if (Environment.UserName == "root")
            File.WriteAllText(folder[$"prefix/{part}"], "no folder");
        else if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Directory.CreateDirectory(folder[$"prefix/{part}"]).FullName,
                UnixFileMode.UserRead | UnixFileMode.UserExecute
            );
        var before = Contents(folder["prefix"]);

        var failed = Run("install", "wide", "-f", folder["archive"], "--prefix", folder["prefix"]);

        Assert.NotEqual(ExitCode.Done, failed.ExitCode);
        Assert.NotEqual(ExitCode.Fault, failed.ExitCode);
        Assert.Equal(before, Contents(folder["prefix"]));
        if (!OperatingSystem.IsWindows() && Directory.Exists(folder[$"prefix/{part}"]))
            File.SetUnixFileMode(
                folder[$"prefix/{part}"],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    /// <summary>A prefix is filled, and then a part of it made read-only: upgrade, uninstall and undo say so before
    /// they touch anything, and do what they should once it may be written again.</summary>
    [Theory]
    [InlineData("site")]
    [InlineData("package")]
    [InlineData("inner")]
    [InlineData("metadata")]
    [InlineData("bin")]
    public void What_is_in_a_read_only_part_of_a_prefix_is_neither_replaced_nor_removed_nor_undone(string part)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.SkipUnless(IsBoundByRights(), "rights do not bind this user, and setpriv cannot change that");
        foreach (var version in (string[])["1.0", "2.0"])
            new ToyWheel("wide", version)
                .With("wide/__init__.py", $"version = '{version}'\n")
                .With($"wide/only_{version[0]}.py", "")
                .With("wide/inner/__init__.py", $"version = '{version}'\n")
                .With($"wide-{version}.dist-info/entry_points.txt", "[console_scripts]\nwide = wide:version\n")
                .In(folder["archive"]);
        var prefix = folder["prefix"];
        Installed("wide==1.0", prefix);
        var one = Contents(prefix);

        Refused("install", "wide==2.0", "-f", folder["archive"], "--prefix", prefix);
        Refused("uninstall", "wide", "--prefix", prefix, "--yes");
        Installed("wide==2.0", prefix);
        Refused("undo", "--last");
        Assert.Equal(ExitCode.Done, Run("undo", "--last").ExitCode);

        Assert.Equal(one, Contents(prefix));

        void Refused(params IReadOnlyList<string> arguments)
        {
            var before = Contents(prefix);
            var place = Path.GetDirectoryName(
                Directory
                    .EnumerateFiles(prefix, "*", SearchOption.AllDirectories)
                    .First(file =>
                        part switch
                        {
                            "metadata" => file.EndsWith(".dist-info/METADATA", StringComparison.Ordinal),
                            "inner" => file.EndsWith("/wide/inner/__init__.py", StringComparison.Ordinal),
                            "bin" => file.EndsWith("/bin/wide", StringComparison.Ordinal),
                            _ => file.EndsWith("/wide/__init__.py", StringComparison.Ordinal),
                        }
                    )
            )!;
            if (part == "site")
                place = Path.GetDirectoryName(place)!;
            File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var refused = ProgramProcess.RunBoundByRights(Own, arguments);
            File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
            Assert.Contains(
                $"{place} is read-only, or belongs to another user",
                refused.Error,
                StringComparison.Ordinal
            );
            Assert.Equal(before, Contents(prefix));
        }
    }

    private bool IsBoundByRights()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var closed = Directory.CreateDirectory(folder["closed"]).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var touch = Process.Start(
                ProgramProcess.BoundByRights(
                    new ProcessStartInfo("touch", [Path.Combine(closed, "file")]) { RedirectStandardError = true }
                )
            )!;
            touch.StandardError.ReadToEnd();
            touch.WaitForExit();
            return !File.Exists(Path.Combine(closed, "file"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [Theory]
    [InlineData("plan", "get_requires_for_build_wheel", "--offline-metadata", "build")]
    public async Task SIGINT_while_a_hook_runs_ends_it_and_what_it_started(
        string command,
        string hook,
        params string[] options
    )
    {
        folder.Write(
            "tree/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n[project]\nname = "
                + "'slow'\nversion = '1.0'\n"
                + (command == "plan" ? "dynamic = ['dependencies']\n" : "dependencies = []\n")
        );
        folder.Write(
            "tree/backend.py",
            $"""
            import os, subprocess
            def hang(*a, **k):
                child = subprocess.Popen(['sleep', '300'])
                with open({'"'}{folder["child.part"]}{'"'}, 'w') as file:
                    file.write(str(child.pid))
                os.rename({'"'}{folder["child.part"]}{'"'}, {'"'}{folder["child"]}{'"'})
                child.wait()
            def build_wheel(*a, **k):
                hang()
            {hook} = hang

            """
        );
        using var process = Start([
            command,
            $"slow @ file://{folder["tree"]}",
            "--no-installed",
            "--prefix",
            folder["prefix"],
            .. options,
        ]);
        await Until(folder["child"], process);
        var child = File.ReadAllText(folder["child"]);

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Ended(process);

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.False(IsAlive(child), "what the hook started lives on");
        Assert.Empty(Contents(folder["prefix"]));
    }

    private static bool IsAlive(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task Until(string file, Process process)
    {
        for (var wait = 0; !File.Exists(file) && !process.HasExited && wait < 1200; wait++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(file), process.HasExited ? await process.StandardError.ReadToEndAsync() : "too slow");
    }

    private static async Task Ended(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static string Module(string prefix) =>
        Directory.EnumerateFiles(prefix, "toy.py", SearchOption.AllDirectories).Single();

    private static List<string> Contents(string prefix) =>
        Directory.Exists(prefix)
            ?
            [
                .. Directory
                    .EnumerateFiles(prefix, "*", SearchOption.AllDirectories)
                    .Where(file => !file.EndsWith(".pyc", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(file => $"{file} {File.ReadAllText(file)}"),
            ]
            : [];

    private string Executable(string name, string script)
    {
        var path = folder.Write(name, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private void Installed(string requirement, string prefix)
    {
        var installed = Run("install", requirement, "-f", folder["archive"], "--prefix", prefix);
        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
    }

    private Dictionary<string, string> Own =>
        new() { ["RESOLVER_STATE_DIR"] = folder["state"], ["RESOLVER_CACHE_DIR"] = folder["cache"] };

    private Invocation Run(params IReadOnlyList<string> arguments) => ProgramProcess.Run(Own, arguments);

    private Process Start(params IReadOnlyList<string> arguments) => ProgramProcess.Start(Own, arguments);
}
