using System.Text;
using System.Text.Json;
using Resolver.Archives.Containers;
using Resolver.Archives.Files;
using Resolver.Archives.Hooks;
using Resolver.Execution.Backends;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Sources;
using Resolver.Execution.Verification;
using Resolver.Execution.Wheels;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Hooks;

/// <summary>Asks build backends what is not known without running them (PEP 517), each in the environment that a plan
/// provides for its build and in a scratch copy of its source.</summary>
/// <remarks>Each hook runs in a process of its own, as PEP 517 has it. An answer is kept by the content of the
/// project and all that its environment consists of. Several projects can be asked at once: their environments are
/// made one after another, their hooks run side by side.</remarks>
public sealed class BackendHooks : IDisposable
{
    private const int MostMetadata = 16 << 20;
    private const int MostRequirements = 10_000;
    private const int LongestReason = 200;

    private readonly Interpreter interpreter;
    private readonly HookOptions options;
    private readonly HookStore store;
    private readonly string scratch = Directory.CreateTempSubdirectory("resolver-hooks-").FullName;
    private readonly string script;
    private readonly SemaphoreSlim preparing = new(1);
    private BuildPlaces? places;
    private HookProcesses? processes;
    private int asked;

    public BackendHooks(Interpreter interpreter, HookOptions options)
    {
        this.interpreter = interpreter;
        this.options = options;
        store = new HookStore(options.CacheFolder is { } cache ? Path.Combine(cache, "hooks") : null);
        script = HookScripts.Write(scratch, "hooks.py");
    }

    /// <summary>Why backends run with the network of this machine; null where they do not, or none has run.</summary>
    public string? NetworkReason { get; private set; }

    /// <summary>What decides the answer of a step's backend, as one name: the project's content (a tree's place),
    /// what the plan provides for its build, the interpreter, settings and variables.</summary>
    public string KeyOf(PlanStep step, PlannedEnvironments environments)
    {
        var variables = new BuildPlaces(interpreter, options, scratch, null!).VariablesFor(scratch);
        IReadOnlyList<Candidate> providers = [.. environments.Of(step).Select(each => each.Candidate)];
        var content = new StringBuilder(step.Candidate.Sha256 ?? step.Candidate.Path);
        foreach (
            var provider in providers
                .Select(each => $"{each.Name} {each.Sha256 ?? each.Path}")
                .Order(StringComparer.Ordinal)
        )
            content.Append('\n').Append(provider);
        return WheelKey.Of(
            "hooks 2 " + content,
            step,
            providers,
            interpreter,
            variables.SettingsOf(step.Candidate),
            variables.BuildEnvironment(step, ""),
            variables.VariablesFor(step).Select(each => each.Key)
        );
    }

    /// <summary>Asks about a step of a plan, or finds what was answered before.</summary>
    /// <param name="step">It need not be in the plan; what it requires to be built is.</param>
    /// <param name="environments">Of the plan.</param>
    /// <param name="backend">As <c>build-system.build-backend</c> has it.</param>
    /// <param name="backendPath">As <c>build-system.backend-path</c> has it.</param>
    /// <param name="metadata">Whether its metadata are wanted. They are not requested while it wants more to be built
    /// than the step says: that has to be planned first.</param>
    /// <param name="isLacking">Whether a requirement that the backend adds is to be left out of its answer, as it
    /// cannot be had.</param>
    /// <param name="starting">Called before the backend is run, and before this returns; not where the answer is
    /// known.</param>
    /// <exception cref="Frontends.FrontendException">There is no pip to make the environment with.</exception>
    public async Task<HookOutcome> AskAsync(
        PlanStep step,
        PlannedEnvironments environments,
        string backend,
        IReadOnlyList<string> backendPath,
        bool metadata,
        Func<Requirement, bool> isLacking,
        Action? starting,
        CancellationToken cancellation
    )
    {
        var candidate = step.Candidate;
        var key = candidate.Sha256 is null ? null : KeyOf(step, environments);
        var kept = store.Find(key);
        var (requirements, wrong) = kept is { } known ? Parsed(candidate, known.Requires, null) : ([], null);
        requirements = [.. requirements.Where(each => !isLacking(each))];
        if (kept is not null && wrong is null)
        {
            if (!metadata || !AreAllPlanned(candidate, requirements))
                return new HookOutcome.Answered(new HookAnswer(requirements, null));
            if (kept.Value.Metadata is { } text)
                return new HookOutcome.Answered(
                    new HookAnswer(requirements, Read(candidate, Encoding.UTF8.GetBytes(text)))
                );
        }

        starting?.Invoke();
        // The caller continues: what follows unpacks, and starts processes.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var (place, failure) = await PlaceAsync(step, environments, cancellation);
        if (place is null)
            return failure!;
        var folder = Path.Combine(scratch, $"source-{Interlocked.Increment(ref asked)}");
        try
        {
            var (source, unusable) = Copy(step, folder, cancellation);
            if (source is null)
                return unusable!;
            var question = new Question(this, step, place, source, folder, backend, backendPath);
            IReadOnlyList<string> texts;
            if (kept is { } answered && wrong is null)
                texts = answered.Requires;
            else
            {
                var (said, failed) = await question.AskAsync("requires", cancellation);
                if (said is not { } answer)
                    return failed!;
                texts = [.. answer.GetProperty("requires").EnumerateArray().Select(each => each.GetString()!)];
                (requirements, wrong) = Parsed(candidate, texts, question.Log("requires"));
                if (wrong is not null)
                    return wrong;
                store.Keep(key, texts, null);
                requirements = [.. requirements.Where(each => !isLacking(each))];
            }
            if (!metadata || !AreAllPlanned(candidate, requirements))
                return new HookOutcome.Answered(new HookAnswer(requirements, null));

            var (made, none) = await question.AskAsync("metadata", cancellation);
            if (made is null)
                return none!;
            var (bytes, invalid) = question.Metadata(made.Value);
            if (bytes is null)
                return invalid!;
            var read = Read(candidate, bytes);
            if (read.RawName is null || read.Version is null || !read.IsSupported)
                return question.Invalid(
                    "metadata",
                    read.Defects is [var first, ..]
                        ? first.ToString()
                        : "METADATA without a name, or without a version (PEP 440)"
                );
            store.Keep(key, texts, Encoding.UTF8.GetString(bytes));
            return new HookOutcome.Answered(new HookAnswer(requirements, read));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new HookOutcome.Failed(
                candidate,
                HookCodes.SourceUnusable,
                $"{candidate.Path}: {FileFault.WithFile(exception)}"
            );
        }
        finally
        {
            RunDirectory.DeleteFolder(folder);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        preparing.Dispose();
        RunDirectory.DeleteFolder(scratch);
    }

    /// <summary>The environment of a build. One at a time: projects of one backend share theirs.</summary>
    private async Task<(string? Place, HookOutcome.Failed? Failure)> PlaceAsync(
        PlanStep step,
        PlannedEnvironments environments,
        CancellationToken cancellation
    )
    {
        await preparing.WaitAsync(cancellation);
        try
        {
            if (places is null)
            {
                var isolation = await NetworkIsolation.DetectAsync(
                    interpreter,
                    scratch,
                    ChildEnvironment.ForPip(options.CallerEnvironment),
                    cancellation
                );
                NetworkReason = isolation.Reason;
                processes = new HookProcesses(options, scratch, isolation);
                places = new BuildPlaces(interpreter, options, scratch, processes);
            }
            return await places.ForAsync(step, environments, cancellation);
        }
        finally
        {
            preparing.Release();
        }
    }

    /// <summary>Whether the build requires no more than the step says: only then is its environment the whole
    /// one.</summary>
    private static bool AreAllPlanned(Candidate candidate, IReadOnlyList<Requirement> requirements) =>
        requirements.All(each => candidate.BuildRequires?.Contains(each) == true);

    private static CoreMetadata Read(Candidate candidate, byte[] bytes) =>
        CoreMetadata.Read(bytes, $"{candidate.Path}: METADATA by its build backend");

    private static (IReadOnlyList<Requirement> Requirements, HookOutcome.Failed? Wrong) Parsed(
        Candidate candidate,
        IReadOnlyList<string> texts,
        string? log
    )
    {
        var parsed = new List<Requirement>();
        foreach (var text in texts.Take(MostRequirements).Distinct(StringComparer.Ordinal))
        {
            var read = Requirement.TryParse(text.Trim());
            if (!read.Success)
            {
                return (
                    [],
                    new HookOutcome.Failed(
                        candidate,
                        HookCodes.InvalidAnswer,
                        $"{candidate.Path}: its build backend requires '{TerminalText.OneLine(text.Length > 100 ? text[..100] + "…" : text)}', which is no requirement (PEP 508); its log is {log}"
                    )
                );
            }
            parsed.Add(read.Value);
        }
        return (parsed, null);
    }

    /// <summary>A copy of the source that the backend may write into.</summary>
    /// <returns>The folder of the project.</returns>
    private (string? Source, HookOutcome.Failed? Failure) Copy(
        PlanStep step,
        string folder,
        CancellationToken cancellation
    )
    {
        var candidate = step.Candidate;
        var place = DistributionPath.Parse(candidate.Path!);
        var file = Path.GetFullPath(place.File, options.BaseFolder);
        if (ArchiveHash.Refusal(step, file) is { } refused)
            return (null, new HookOutcome.Failed(candidate, refused.Code, refused.Reason));
        var unpacked = Path.Combine(folder, "source");
        Directory.CreateDirectory(unpacked);
        try
        {
            var (copy, changed) = CheckedCopy.Of(
                candidate.Path!,
                new ExpectedFile(file, candidate.Sha256),
                Path.Combine(folder, "archive")
            );
            if (changed is not null)
                return (null, new HookOutcome.Failed(candidate, changed.Code, changed.Reason));
            var source = Directory.Exists(copy)
                ? SourceCopy.Make(copy, unpacked, cancellation)
                : Unpacker.Unpack(copy, unpacked, ContainerLimits.Default, cancellation);
            if (place.Subdirectory is { } subdirectory)
                source = Path.Combine(source, subdirectory);
            return Directory.Exists(source)
                ? (source, null)
                : (
                    null,
                    new HookOutcome.Failed(
                        candidate,
                        HookCodes.SourceUnusable,
                        $"{candidate.Path}: no such directory in it"
                    )
                );
        }
        catch (ContainerException exception)
        {
            return (
                null,
                new HookOutcome.Failed(candidate, HookCodes.SourceUnusable, $"{candidate.Path}: {exception.Message}")
            );
        }
    }

    /// <summary>The questions to one backend about one copy of a source.</summary>
    private sealed class Question(
        BackendHooks hooks,
        PlanStep step,
        string place,
        string source,
        string folder,
        string backend,
        IReadOnlyList<string> backendPath
    )
    {
        private readonly string output = Path.Combine(folder, "output");

        public string Log(string hook) => hooks.processes!.LogOf(step.Candidate, hook);

        /// <summary>Runs one hook.</summary>
        /// <returns>The answer of the script, one of a hook's; else why there is none.</returns>
        public async Task<(JsonElement? Answer, HookOutcome.Failed? Failure)> AskAsync(
            string hook,
            CancellationToken cancellation
        )
        {
            Directory.CreateDirectory(output);
            var temporary = Path.Combine(folder, "temporary");
            Directory.CreateDirectory(temporary);
            var call = HookCall.Prepare(
                hooks.script,
                folder,
                new HookRequest(hook, backend, backendPath, output),
                hooks.places!.VariablesFor(place).SettingsOf(step.Candidate)
            );
            var environment = hooks
                .places.VariablesFor(place)
                .DatedBuildEnvironment(step, temporary)
                .With("PYTHONIOENCODING", "utf-8");
            var log = Log(hook);
            var ending = await hooks.processes!.RunAsync(
                hooks.interpreter.Executable,
                call.Arguments,
                environment,
                source,
                log,
                cancellation
            );
            var shown = $"{step.Candidate.Path}: its build backend {TerminalText.OneLine(backend)}";
            if (call.Reply() is { } reply)
                return Judge(reply, shown, log);
            var (code, what) = ending switch
            {
                { TimedOut: true } => (
                    HookCodes.TimedOut,
                    $"gave no answer within {hooks.options.TimeLimit.TotalSeconds:0.###} seconds (--hook-timeout)"
                ),
                { Fault: { } fault } => (HookCodes.Failed, $"did not run: {fault}"),
                _ => (
                    HookCodes.Failed,
                    $"ended without an answer, with exit code {ending.ExitCode}{LastWords(HookProcesses.LastLine(log))}"
                ),
            };
            return (null, new HookOutcome.Failed(step.Candidate, code, $"{shown} {what}; its log is {log}"));
        }

        /// <summary>The text of METADATA that an answer points to.</summary>
        public (byte[]? Bytes, HookOutcome.Failed? Failure) Metadata(JsonElement answer)
        {
            var isWheel = answer.TryGetProperty("wheel", out var name);
            var isEggInfo = answer.TryGetProperty("egg_info", out var eggInfo);
            if (!isWheel)
                name = isEggInfo ? eggInfo : answer.GetProperty("metadata");
            var text = name.GetString()!;
            var suffix =
                isWheel ? ".whl"
                : isEggInfo ? ".egg-info"
                : ".dist-info";
            if (
                text.Length <= suffix.Length
                || !text.EndsWith(suffix, StringComparison.Ordinal)
                || text.AsSpan().IndexOfAny("/\\\0") >= 0
            )
                return (
                    null,
                    Invalid(
                        "metadata",
                        $"'{TerminalText.OneLine(text.Length > 100 ? text[..100] + "…" : text)}', which names no {suffix} in the folder it was given"
                    )
                );
            var path = Path.Combine(output, text);
            if (isWheel)
            {
                try
                {
                    if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null)
                        return (null, Invalid("metadata", $"'{text}', but made no such wheel"));
                    var contents = ContainerReader.Read(
                        path,
                        entry =>
                            entry.Path.Split('/') is [var info, "METADATA"]
                            && info.EndsWith(".dist-info", StringComparison.Ordinal),
                        ContainerLimits.Default,
                        hash: false
                    );
                    return contents.Kept.Count == 1
                        ? (contents.Kept.Values.First(), null)
                        : (null, Invalid("metadata", $"'{text}', a wheel without METADATA"));
                }
                catch (ContainerException exception)
                {
                    return (null, Invalid("metadata", $"'{text}', a wheel that cannot be read: {exception.Message}"));
                }
            }
            var wanted = isEggInfo ? "PKG-INFO" : "METADATA";
            if (new DirectoryInfo(path).LinkTarget is not null || Plain(path, wanted) is not { } file)
                return (null, Invalid("metadata", $"'{text}', but made no {wanted} there"));
            if (file.Length > MostMetadata)
                return (null, Invalid("metadata", $"{wanted} of {file.Length} bytes"));
            var bytes = File.ReadAllBytes(file.FullName);
            if (!isEggInfo)
                return (bytes, null);
            var requires = Plain(path, "requires.txt") is { Length: <= MostMetadata } listed
                ? File.ReadAllText(listed.FullName)
                : null;
            return HookMetadata.FromEggInfo(bytes, requires) is { } made
                ? (made, null)
                : (null, Invalid("metadata", $"'{text}', whose requires.txt costs too much to read"));
        }

        // A link could show anything on this machine, and a pipe would block.
        private static FileInfo? Plain(string folder, string name) =>
            new FileInfo(Path.Combine(folder, name)) is { Exists: true, LinkTarget: null, Length: > 0 } file
                ? file
                : null;

        public HookOutcome.Failed Invalid(string hook, string what) =>
            new(
                step.Candidate,
                HookCodes.InvalidAnswer,
                $"{step.Candidate.Path}: its build backend {TerminalText.OneLine(backend)} answered {what}; its log is {Log(hook)}"
            );

        private (JsonElement? Answer, HookOutcome.Failed? Failure) Judge(HookReply reply, string shown, string log)
        {
            if (reply is HookReply.Given given)
                return (given.Answer, null);
            var refused = (HookReply.Refused)reply;
            var (code, what) = refused.Kind switch
            {
                HookRefusal.Unavailable => (
                    HookCodes.Failed,
                    $" cannot be imported: {TerminalText.OneLine(refused.Why ?? "")}"
                ),
                HookRefusal.Failed => (
                    HookCodes.Failed,
                    $" failed{LastWords(refused.Why?.Trim().Split('\n')[^1].Trim() ?? HookProcesses.LastLine(log))}"
                ),
                _ => (HookCodes.InvalidAnswer, $": {TerminalText.OneLine(refused.Why ?? "")}"),
            };
            return (null, new HookOutcome.Failed(step.Candidate, code, $"{shown}{what}; its log is {log}"));
        }

        private static string LastWords(string? line) =>
            string.IsNullOrWhiteSpace(line)
                ? ""
                : $": {TerminalText.OneLine(line.Length > LongestReason ? line[..LongestReason] + "…" : line)}";
    }
}
