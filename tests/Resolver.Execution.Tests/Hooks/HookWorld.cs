using Resolver.Archives.Hooks;
using Resolver.Execution.Hooks;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Tests.Hooks;

/// <summary>A source tree whose build backend is asked about it.</summary>
internal sealed class HookWorld : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string this[params string[] parts] => folder[parts];

    public Dictionary<string, string> Variables { get; } =
        new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
        };

    /// <summary>Folders that the backend is found in.</summary>
    public List<string> SearchPath { get; } = [];

    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Writes a file of the tree.</summary>
    public HookWorld With(string path, string text)
    {
        var file = folder["tree", path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>Asks for the metadata; the requirement <c>wheel</c> of old setuptools is passed over.</summary>
    public async Task<HookOutcome> AskAsync(Interpreter interpreter, string backend, params string[] backendPath)
    {
        var options = new HookOptions
        {
            LogFolder = folder["logs"],
            BaseFolder = folder.Path,
            SearchPath = SearchPath,
            CallerEnvironment = Variables,
            TimeLimit = TimeLimit,
        };
        using var hooks = new BackendHooks(interpreter, options);
        var candidate = new Candidate
        {
            Name = PackageName.Parse("app"),
            Version = Version.Parse("0"),
            Kind = DistributionKind.Tree,
            Path = folder["tree"],
            BuildRequires = [],
        };
        return await hooks.AskAsync(
            new PlanStep(1, 1, StepAction.Install, candidate, [], []),
            new PlannedEnvironments(new ToyPlan().Plan()),
            backend,
            backendPath,
            metadata: true,
            _ => true,
            null,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>What was answered: name, version and dependencies in one text.</summary>
    public static string Said(HookOutcome outcome)
    {
        var answer = Assert.IsType<HookOutcome.Answered>(Message(outcome)).Answer;
        Assert.NotNull(answer.Metadata);
        return Said(answer);

        static HookOutcome Message(HookOutcome outcome)
        {
            if (outcome is HookOutcome.Failed failed)
                Assert.Fail(failed.Message);
            return outcome;
        }
    }

    public void Dispose() => folder.Dispose();

    private static string Said(HookAnswer answer) =>
        string.Join(
            ' ',
            [
                answer.Metadata!.RawName ?? "",
                answer.Metadata.Version?.ToString() ?? "",
                .. answer.Metadata.RequiresDist.Select(each =>
                    each.Parsed.Value.ToString().Replace(" ", "", StringComparison.Ordinal)
                ),
            ]
        );
}
