using Resolver.Application.Archives;
using Resolver.Application.Backends;
using Resolver.Application.Environments;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Tests;
using Resolver.Interpreters;
using Resolver.Resolution.Planning;
using Xunit;

namespace Resolver.Application.Tests.Planning;

/// <summary>Plans are made from a folder by a library alone, without a command line.</summary>
public sealed class PlanningSessionTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Newest_consistent_set_of_a_folder_is_planned()
    {
        Wheel("app", "1.0", "lib>=2");
        Wheel("lib", "1.0");
        Wheel("lib", "2.0");

        using var session = await OpenAsync(Request("app"));
        var outcome = await session.PlanAsync();

        Assert.Equal(["app 1.0", "lib 2.0"], Steps(outcome));
    }

    [Fact]
    public async Task Without_a_plan_the_outcome_is_its_explanation()
    {
        Wheel("app", "1.0", "lib>=2");
        Wheel("lib", "1.0");

        using var session = await OpenAsync(Request("app"));
        var outcome = await session.PlanAsync();

        Assert.Contains("lib", Assert.IsType<PlanOutcome.Impossible>(outcome).Explanation.Text);
    }

    [Fact]
    public async Task Batch_is_planned_at_its_own_versions()
    {
        Wheel("app", "1.0", "lib");
        Wheel("lib", "1.0");
        string[] batch = [scratch["archive"]];

        using var session = await OpenAsync(
            Request() with
            {
                Projects = null,
                Batch = batch,
                Archive = new ArchiveSettings(),
            }
        );
        var outcome = await session.OrderAsync(batch, keepGoing: false);

        Assert.Equal(["app 1.0", "lib 1.0"], Steps(outcome));
    }

    [Fact]
    public async Task Plan_for_several_environments_needs_nothing_but_their_descriptions()
    {
        Wheel("app", "1.0", "lib; sys_platform == 'win32'");
        Wheel("lib", "1.0");
        var environments = new EnvironmentChoice
        {
            Named =
            [
                new EnvironmentDescription("one", "3.12", "linux", new Dictionary<string, string>()),
                new EnvironmentDescription("other", "3.12", "windows", new Dictionary<string, string>()),
            ],
        };

        using var session = await OpenAsync(Request("app") with { Environments = environments });
        var planned = Assert.IsType<PlanOutcome.Planned>(await session.PlanAsync());

        Assert.Contains(
            "win32",
            Assert.Single(planned.Plan.Steps, step => step.Candidate.Name.Normalized == "lib").Markers?.ToString()
        );
    }

    [Fact]
    public async Task Version_of_an_earlier_lock_is_kept_where_it_satisfies()
    {
        Wheel("lib", "1.0");
        Wheel("lib", "2.0");
        var locked = scratch.Write(
            "pylock.toml",
            "lock-version = '1.0'\ncreated-by = 'test'\n[[packages]]\nname = 'lib'\nversion = '1.0'\n"
                + "wheels = [{ path = 'archive/lib-1.0-py3-none-any.whl', hashes = { sha256 = 'aa' } }]\n"
        );

        using var session = await OpenAsync(Request("lib") with { Lock = locked });

        Assert.Equal(["lib 1.0"], Steps(await session.PlanAsync()));
    }

    [Fact]
    public async Task File_with_another_hash_than_required_is_an_untrusted_input()
    {
        Wheel("lib", "1.0");
        var file = scratch.Write("r.txt", $"lib==1.0 --hash=sha256:{new string('0', 64)}\n");

        using var session = await OpenAsync(
            Request() with
            {
                Projects = new RequestedProjects([], [file], [], [], [], null),
            }
        );

        var thrown = await Assert.ThrowsAsync<InputException>(() => session.PlanAsync());
        Assert.False(thrown.IsUsage);
    }

    [Fact]
    public async Task Request_without_projects_is_a_usage_error()
    {
        var thrown = await Assert.ThrowsAsync<InputException>(() => OpenAsync(Request()));

        Assert.True(thrown.IsUsage);
    }

    [Fact]
    public async Task Backends_cannot_be_requested_another_environment()
    {
        var thrown = await Assert.ThrowsAsync<InputException>(() =>
            OpenAsync(
                Request("app") with
                {
                    Metadata = new MetadataSettings { RunsBackends = true },
                    Environments = new EnvironmentChoice { PythonVersion = "3.9" },
                }
            )
        );

        Assert.True(thrown.IsUsage);
    }

    [Fact]
    public async Task Unreadable_file_of_the_folder_is_a_warning()
    {
        Wheel("app", "1.0");
        scratch.Write("archive/broken-1.0.tar.gz", "nothing");
        var warnings = new List<string>();

        using var session = await OpenAsync(Request("app"), new Notices { Warning = warnings.Add });

        Assert.Contains("1 file cannot be used", Assert.Single(warnings));
    }

    [Fact]
    public async Task Sample_program_plans_from_a_folder()
    {
        Wheel("app", "1.0", "lib");
        Wheel("lib", "2.0");
        var start = new System.Diagnostics.ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "PlanFolder.dll"), scratch["archive"], "app" },
        };

        using var process = System.Diagnostics.Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ["1. app 1.0", "2. lib 2.0"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split(' ')[..3]))
        );
    }

    private PlanningRequest Request(params string[] requirements) =>
        new()
        {
            Projects = RequestedProjects.Of(requirements),
            Archive = new ArchiveSettings { Places = [scratch["archive"]] },
            Target = TargetSettings.Default with { NoInstalled = true },
        };

    private static async Task<PlanningSession> OpenAsync(PlanningRequest request, Notices? notices = null)
    {
        try
        {
            return await PlanningSession.OpenAsync(request, notices, TestContext.Current.CancellationToken);
        }
        catch (InterpreterException)
        {
            Assert.Skip("python3 is not on PATH");
            throw;
        }
    }

    private static IEnumerable<string> Steps(PlanOutcome outcome) =>
        Assert
            .IsType<PlanOutcome.Planned>(outcome)
            .Plan.Steps.Select(step => $"{step.Candidate.Name} {step.Candidate.Version}");

    private void Wheel(string name, string version, params string[] requires) =>
        scratch.Zip(
            $"archive/{name}-{version}-py3-none-any.whl",
            (
                $"{name}-{version}.dist-info/METADATA",
                $"Metadata-Version: 2.1\nName: {name}\nVersion: "
                    + $"{version}\n{string.Concat(requires.Select(each => $"Requires-Dist: {each}\n"))}\n"
            ),
            (
                $"{name}-{version}.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: toy\nRoot-Is-Purelib: true\nTag: py3-none-any\n\n"
            ),
            ($"{name}-{version}.dist-info/RECORD", "")
        );
}
