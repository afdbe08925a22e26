using System.Diagnostics;
using Resolver.Archives.Tests;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>A second question starts no process where nothing changed, and what is installed is never stale.</summary>
public sealed class InterpreterCacheTests
{
    private static readonly Lazy<string?> RealPython = new(() =>
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable))"])
                {
                    RedirectStandardOutput = true,
                }
            )!;
            var path = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return File.Exists(path) ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    });

    private static string Python
    {
        get
        {
            Assert.SkipWhen(RealPython.Value is null, "python3 is not on PATH");
            return RealPython.Value!;
        }
    }

    private static Task<Interpreter> Ask(Scratch scratch, string python, bool installed = true, params string[] path) =>
        Interpreter.ProbeAsync(
            python,
            path,
            new InterpreterCache(scratch["cache"]),
            installed,
            TestContext.Current.CancellationToken
        );

    private static bool IsKept(Scratch scratch, string python, bool installed = true, params string[] path) =>
        new InterpreterCache(scratch["cache"]) is var cache
        && cache.QuestionFor(python, path) is { } question
        && cache.Find(question, installed) is not null;

    private static string Distribution(Scratch scratch, string name, string version, string folder = "site") =>
        scratch.Write(
            $"{folder}/{name}-{version}.dist-info/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        );

    /// <summary>What was changed within a tick of the file system's clock before the question is not trusted; an
    /// interpreter takes longer than that to answer.</summary>
    private static async Task<Interpreter> AskTwice(
        Scratch scratch,
        string python,
        bool installed = true,
        params string[] path
    )
    {
        await Ask(scratch, python, installed, path);
        return await Ask(scratch, python, installed, path);
    }

    private static string[] Names(Interpreter interpreter) =>
        [.. interpreter.Installed.Where(each => each.Name is not null).Select(each => $"{each.Name} {each.Version}")];

    [Fact]
    public async Task What_is_kept_is_what_was_said()
    {
        using var scratch = new Scratch();
        Distribution(scratch, "toy", "1.0");

        var first = await AskTwice(scratch, Python, true, scratch["site"]);
        Assert.SkipUnless(
            IsKept(scratch, Python, true, scratch["site"]),
            "this interpreter runs start-up code of its own"
        );
        var second = await Ask(scratch, Python, true, scratch["site"]);

        Assert.Equal(first.Environment.Variables, second.Environment.Variables);
        Assert.Equal(first.Tags.Tags, second.Tags.Tags);
        Assert.Equal(first.SearchPath, second.SearchPath);
        Assert.Equal(Names(first), Names(second));
        Assert.Contains("toy 1.0", Names(second));
    }

    [Fact]
    public async Task An_answer_with_any_damaged_byte_is_none()
    {
        using var scratch = new Scratch();
        await AskTwice(scratch, Python, installed: false);
        Assert.SkipUnless(IsKept(scratch, Python, installed: false), "this interpreter is asked each time");
        var file = Directory.EnumerateFiles(scratch["cache"], "*.json").Single();
        var whole = File.ReadAllBytes(file);

        foreach (var at in Enumerable.Range(0, 200).Select(i => (int)((long)i * (whole.Length - 1) / 199)))
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            File.WriteAllBytes(file, damaged);
            Assert.False(IsKept(scratch, Python, installed: false), $"byte {at}");
        }
        for (var length = 0; length < whole.Length; length += 1 + whole.Length / 50)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.False(IsKept(scratch, Python, installed: false), $"{length} bytes");
        }
        File.WriteAllBytes(file, whole);
        Assert.True(IsKept(scratch, Python, installed: false));
    }

    public static TheoryData<string> Changes =>
        [
            "another distribution",
            "one less",
            "a replaced metadata file",
            "an edited metadata file",
            "a pth file",
            "what a pth file leads to",
            "a sitecustomize",
            "another version under the same name",
        ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_is_installed_is_asked_again_after(string change)
    {
        using var scratch = new Scratch();
        var metadata = Distribution(scratch, "toy", "1.0");
        Distribution(scratch, "other", "1.0");
        scratch.Write("site/there.pth", "later\n");
        await AskTwice(scratch, Python, true, scratch["site"]);
        Assert.SkipUnless(
            IsKept(scratch, Python, true, scratch["site"]),
            "this interpreter runs start-up code of its own"
        );

        switch (change)
        {
            case "another distribution":
                Distribution(scratch, "new", "3.0");
                break;
            case "one less":
                Directory.Delete(scratch["site/other-1.0.dist-info"], recursive: true);
                break;
            case "a replaced metadata file":
                scratch.Write("elsewhere", "Metadata-Version: 2.1\nName: toy\nVersion: 9.9\n");
                File.Move(scratch["elsewhere"], metadata, overwrite: true);
                break;
            case "an edited metadata file":
                File.WriteAllText(metadata, "Metadata-Version: 2.1\nName: toy\nVersion: 9.9\n");
                break;
            case "a pth file":
                scratch.Write("site/new.pth", "more\n");
                break;
            case "what a pth file leads to":
                Directory.CreateDirectory(scratch["site/later"]);
                break;
            case "a sitecustomize":
                scratch.Write("site/sitecustomize.py", "x = 1\n");
                break;
            default:
                Directory.Delete(scratch["site/toy-1.0.dist-info"], recursive: true);
                Distribution(scratch, "toy", "2.0");
                break;
        }

        Assert.False(IsKept(scratch, Python, true, scratch["site"]));
        var again = await Ask(scratch, Python, true, scratch["site"]);
        Assert.Equal(
            Names(await Interpreter.ProbeAsync(Python, [scratch["site"]], TestContext.Current.CancellationToken)),
            Names(again)
        );
    }

    [Theory]
    [InlineData(
        "sitecustomize.py",
        "import sys\nclass Finder:\n    def find_spec(self, *a): return None\n    def find_distributions(self, "
            + "context=None): return []\nsys.meta_path.append(Finder())\n"
    )]
    [InlineData("sitecustomize.py", "import sys\nsys.path.append('/nowhere')\n")]
    [InlineData("sitecustomize.py", "import os\nif os.environ.get('NOT_SET'):\n    import helper\n")]
    [InlineData("sitecustomize.py", "import helper\n")]
    public async Task With_start_up_code_of_its_own_only_what_is_not_installed_is_kept(string file, string code)
    {
        using var scratch = new Scratch();
        Distribution(scratch, "toy", "1.0");
        scratch.Write($"site/{file}", code);
        scratch.Write("site/helper.py", "import sys as s\ns.path\n");

        await AskTwice(scratch, Python, true, scratch["site"]);

        Assert.False(IsKept(scratch, Python, true, scratch["site"]));
        Assert.True(IsKept(scratch, Python, false, scratch["site"]));
    }

    [Fact]
    public async Task Start_up_code_that_never_comes_near_the_import_system_is_no_reason_to_ask()
    {
        using var scratch = new Scratch();
        Distribution(scratch, "toy", "1.0");
        scratch.Write(
            "site/sitecustomize.py",
            "import os, sys\nimport plain\ntry:\n    import apport_python_hook\nexcept ImportError:\n    pass\nif "
                + "sys.version_info < (3, 0):\n    os.environ['X'] = '1'\n"
        );
        scratch.Write("site/plain.py", "import json\nx = 1\n");
        await AskTwice(scratch, Python);
        Assert.SkipUnless(IsKept(scratch, Python), "this interpreter runs start-up code of its own");
        await AskTwice(scratch, Python, true, scratch["site"]);

        Assert.True(IsKept(scratch, Python, true, scratch["site"]));
        File.AppendAllText(scratch["site/plain.py"], "import sys as s\n");
        Assert.False(IsKept(scratch, Python, true, scratch["site"]));
    }

    [Fact]
    public void Another_environment_is_another_question()
    {
        using var scratch = new Scratch();
        var cache = new InterpreterCache(scratch["cache"]);
        var before = cache.QuestionFor(Python, [])!.Key;

        Environment.SetEnvironmentVariable("PYTHON_OF_A_TEST", "1");
        try
        {
            Assert.NotEqual(before, cache.QuestionFor(Python, [])!.Key);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PYTHON_OF_A_TEST", null);
        }
        Assert.Equal(before, cache.QuestionFor(Python, [])!.Key);
        Assert.NotEqual(before, cache.QuestionFor(Python, [scratch.Folder])!.Key);
    }

    [Fact]
    public void A_script_that_stands_for_an_interpreter_is_asked_each_time()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        using var scratch = new Scratch();
        var script = scratch.Write("python", $"#!/bin/sh\nexec {Python} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Null(new InterpreterCache(scratch["cache"]).QuestionFor(script, []));
    }

    [Fact]
    public void Without_a_folder_nothing_is_kept() =>
        Assert.Null(new InterpreterCache(null).QuestionFor("python3", []));

    [Fact]
    public async Task A_damaged_answer_is_ignored()
    {
        using var scratch = new Scratch();
        await AskTwice(scratch, Python, installed: false);
        var kept = Directory.GetFiles(scratch["cache"]);
        Assert.SkipWhen(kept.Length == 0, "nothing is kept of this interpreter");

        File.WriteAllText(kept[0], File.ReadAllText(kept[0])[..^20]);

        Assert.False(IsKept(scratch, Python, installed: false));
        Assert.NotEmpty((await Ask(scratch, Python, installed: false)).Executable);
    }

    /// <summary>A virtual environment is decided by its pyvenv.cfg: with another one it is another interpreter under
    /// the same name.</summary>
    [Fact]
    public async Task A_virtual_environment_is_asked_again_when_its_configuration_changes()
    {
        using var scratch = new Scratch();
        using (
            var process = Process.Start(
                new ProcessStartInfo(Python, ["-m", "venv", "--without-pip", scratch["venv"]])
                {
                    RedirectStandardError = true,
                }
            )!
        )
            process.WaitForExit();
        var python = scratch["venv/bin/python"];
        Assert.SkipUnless(File.Exists(python), "this python3 makes no virtual environments");

        var inside = await AskTwice(scratch, python);
        Assert.Equal(scratch["venv"], inside.Prefix);
        Assert.SkipUnless(IsKept(scratch, python), "this interpreter runs start-up code of its own");
        Distribution(scratch, "toy", "1.0", $"venv/{inside.PrefixLayout["purelib"]}");
        Assert.Contains("toy 1.0", Names(await Ask(scratch, python)));

        File.AppendAllText(scratch["venv/pyvenv.cfg"], "include-system-site-packages = true\n");
        Assert.False(IsKept(scratch, python, installed: false));
    }
}
