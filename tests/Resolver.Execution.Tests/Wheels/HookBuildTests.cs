using System.IO.Compression;
using System.Text.Json;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>A backend that is called directly finds what it finds when the real pip calls it; what it does wrong is
/// told.</summary>
public sealed class HookBuildTests
{
    private const string PyProject =
        "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['inside']\n[project]\nname = 'app'\nversion = '1.2'\n";

    /// <summary>A backend that writes wheels; what a case adds comes before or in the hook.</summary>
    private const string Writing = """
        import base64, hashlib, os, zipfile
        def write(folder, files, name='app-1.2-py3-none-any.whl'):
            info = 'app-1.2.dist-info/'
            files = dict(files)
            files[info + 'METADATA'] = 'Metadata-Version: 2.1\nName: app\nVersion: 1.2\n'
            files[info + 'WHEEL'] = 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
            record = ''
            with zipfile.ZipFile(os.path.join(folder, name), 'w') as wheel:
                for path, text in files.items():
                    wheel.writestr(zipfile.ZipInfo(path), text)
                    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')
                    record += '{},sha256={},{}\n'.format(path, digest, len(text.encode()))
                wheel.writestr(zipfile.ZipInfo(info + 'RECORD'), record + info + 'RECORD,,\n')
            return name

        """;

    private const string Telling = """
        import json, sys
        def build_wheel(folder, settings=None, metadata_directory=None):
            here, mask = os.getcwd(), os.umask(0)
            os.umask(mask)
            files = []
            for place, folders, names in os.walk('.'):
                folders[:] = [each for each in folders if each != '__pycache__']
                for name in names:
                    status = os.stat(os.path.join(place, name))
                    files.append([os.path.join(place, name), oct(status.st_mode), status.st_size, round(status.st_mtime, 3)])
            pip = ('PIP_', '_PIP', 'PEP517_', '_PYPROJECT_HOOKS', 'RESOLVER_', 'TMPDIR', 'PYTHONPATH', 'PATH')
            return write(folder, {'app.json': json.dumps({
                'files': sorted(files),
                'above': os.path.dirname(here) == os.path.realpath(os.environ['TMPDIR']),
                'named': os.path.basename(here).startswith('app'),
                'settings': settings,
                'environment': sorted(each for each in os.environ.items() if not each[0].startswith(pip)),
                'configuration': os.environ['PIP_CONFIG_FILE'],
                'search': os.environ['PYTHONPATH'].count('prefix'),
                'path': [here in sys.path, os.path.join(here, 'inside') == sys.path[0]],
                'input': sys.stdin.read(),
                'mask': mask,
                'python': sys.executable,
                'output': os.listdir(folder),
            })})

        """;

    [Fact]
    public async Task A_backend_finds_the_same_as_under_pip()
    {
        using var source = await SourceAsync(Telling);
        source.Options = source.Options with { ConfigSettings = [new(null, "color", "red"), new(null, "size", "1")] };
        source
            .With("run", "#!/bin/sh\n", (UnixFileMode)0b111_100_000)
            .With("others", "#!/bin/sh\n", (UnixFileMode)0b110_100_101)
            .With("closed", "", UnixFileMode.UserRead)
            .With("inside/data/x.txt", "x\n")
            .WithLink("link.txt", "inside/data/x.txt")
            .WithLink("data", "inside/data");

        var wheel = await source.AssertSameAsync();

        var told = Told(wheel);
        Assert.True(told.GetProperty("above").GetBoolean());
        Assert.False(told.GetProperty("named").GetBoolean());
        Assert.Equal("red", told.GetProperty("settings").GetProperty("color").GetString());
        Assert.Equal(0b000_010_010, told.GetProperty("mask").GetInt32());
        Assert.Contains("1600000001.25", told.GetProperty("files").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_is_built_where_it_lies_as_pip_does_it()
    {
        using var source = await SourceAsync(
            Telling
                .Replace("        files = []", "        files = [here]", StringComparison.Ordinal)
                .Replace("'files': sorted(files)", "'here': here", StringComparison.Ordinal)
        );
        var tree = source["tree"];
        ZipFileFromTar(source.Archive(), tree);

        var wheel = await source.AssertSameAsync(tree);

        Assert.Equal(tree, Told(wheel).GetProperty("here").GetString());
        Assert.False(Directory.Exists(Path.Combine(tree, "hooks")));
    }

    [Theory]
    [InlineData("import sys; sys.argv = []; os.environ.clear(); os.chdir('/')")]
    [InlineData("os.closerange(0, 256)")]
    [InlineData("import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()")]
    [InlineData("print('{\"wheel\": \"other\"}' * 1000)")]
    public async Task Its_wheel_arrives_whatever_it_did_before(string disturbance)
    {
        using var source = await SourceAsync(Hook(disturbance, "write(folder, {'app.py': ''})"));

        Assert.NotNull((await source.BuildAsync(BuildFrontend.Hooks)).Wheel);
    }

    [Fact]
    public async Task What_it_writes_beside_the_wheel_that_it_names_is_left_as_pip_does_it()
    {
        using var source = await SourceAsync(
            Hook("write(folder, {'app.py': 'other'}, 'app-9-py3-none-any.whl')", "write(folder, {'app.py': ''})")
        );

        await source.AssertSameAsync();
    }

    [Theory]
    [InlineData("raise ValueError('the moon')", "build_wheel of backend failed: ValueError: the moon")]
    [InlineData("import sys; sys.exit('no compiler')", "build_wheel of backend failed: no compiler")]
    [InlineData("os._exit(3)", "build_wheel of backend ended its process with exit code 3, without an answer")]
    [InlineData("return 5", "its build backend backend: build_wheel gave 5 and not a name")]
    [InlineData(
        "return 'app-1.2-py3-none-any.whl'",
        "build_wheel of backend gave 'app-1.2-py3-none-any.whl', but made no such file in the folder that it was given"
    )]
    public async Task A_failure_is_told_with_the_hook_and_its_log(string failure, string said)
    {
        using var source = await SourceAsync(Hook("print('said last', flush=True); " + failure, "None"));

        await AssertFailsAsync(source, said, "said last");
    }

    [Fact]
    public async Task A_wheel_elsewhere_is_not_taken()
    {
        using var source = await SourceAsync(Hook("pass", "'../' + write(os.path.dirname(folder), {})"));

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>((await source.BuildAsync(BuildFrontend.Hooks)).Outcome);

        Assert.Contains("gave '../app-1.2-py3-none-any.whl'", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backend-path = ['../outside']", "", "pyproject.toml:4:17: ")]
    [InlineData("", "", "its build backend backend cannot be used: ModuleNotFoundError: No module named 'backend'")]
    [InlineData(
        "backend-path = ['inside']",
        "import gone\n",
        "its build backend backend cannot be used: ModuleNotFoundError: No module named 'gone'"
    )]
    [InlineData(
        "backend-path = ['inside']",
        "",
        "build_wheel of backend failed: AttributeError: module 'backend' has no attribute 'build_wheel'"
    )]
    public async Task A_backend_that_cannot_be_used_is_reported(string path, string backend, string said)
    {
        using var source = new TwoFrontends(await RealPython.AskAsync())
            .With("pyproject.toml", $"[build-system]\nrequires = []\nbuild-backend = 'backend'\n{path}\n")
            .With("inside/backend.py", backend);

        await AssertFailsAsync(source, said);
    }

    [Theory]
    [InlineData("[build-system]\nbuild-backend = 'backend'\n", "requires")]
    [InlineData("[build-system\n", "pyproject.toml:")]
    public async Task A_project_that_no_frontend_may_build_is_refused(string text, string said)
    {
        using var source = new TwoFrontends(await RealPython.AskAsync()).With("pyproject.toml", text);

        await AssertFailsAsync(source, said);
    }

    [Fact]
    public async Task An_archive_without_a_project_is_refused()
    {
        using var source = new TwoFrontends(await RealPython.AskAsync()).With("README", "");

        await AssertFailsAsync(source, "it has neither pyproject.toml nor setup.py");
    }

    /// <summary>pip fails as well.</summary>
    private static async Task AssertFailsAsync(TwoFrontends source, string said, string? logged = null)
    {
        var (outcome, _) = await source.BuildAsync(BuildFrontend.Hooks);
        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
        Assert.Equal(FailureCodes.FrontendFailed, failed.Code);
        Assert.StartsWith("app 1.2: it cannot be built: ", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(said, failed.Reason, StringComparison.Ordinal);
        if (logged is not null)
            Assert.Contains(logged, File.ReadAllLines(failed.LogPath!));

        (outcome, _) = await source.BuildAsync(BuildFrontend.Pip);
        Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
    }

    private static async Task<TwoFrontends> SourceAsync(string backend) =>
        new TwoFrontends(await RealPython.AskAsync())
            .With("pyproject.toml", PyProject)
            .With("inside/backend.py", Writing + backend);

    private static string Hook(string before, string result) =>
        $"def build_wheel(folder, settings=None, metadata_directory=None):\n    {before.Replace("; ", "\n    ", StringComparison.Ordinal)}\n    return {result}\n";

    private static JsonElement Told(string wheel)
    {
        using var zip = ZipFile.OpenRead(wheel);
        using var stream = zip.GetEntry("app.json")!.Open();
        return JsonDocument.Parse(stream).RootElement;
    }

    private static void ZipFileFromTar(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        System.Formats.Tar.TarFile.ExtractToDirectory(packed, folder, overwriteFiles: false);
        var project = Directory.GetDirectories(folder).Single();
        foreach (var entry in Directory.GetFileSystemEntries(project))
            Directory.Move(entry, Path.Combine(folder, Path.GetFileName(entry)));
    }
}
