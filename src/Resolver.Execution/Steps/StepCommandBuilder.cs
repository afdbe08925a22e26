using System.Text;
using Resolver.Archives.Interpreters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Processes;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>Makes the command of a step: the user's recipe, word for word, one pip process a step. One process for several would not do:
/// pip builds everything of one invocation before it installs anything, so nothing could be built by what the same invocation installs.</summary>
internal sealed class StepCommandBuilder(Interpreter interpreter, PipFrontend frontend, InstallDestination destination, ExecutionOptions options)
{
    private const string SubdirectoryMark = "#subdirectory=";

    /// <summary>The folders of the destination and of further prefixes that builds must see.</summary>
    public IReadOnlyList<string> SearchPath { get; } = [.. destination.SiteFolders(interpreter), .. options.SearchPath];

    /// <param name="step">An install step.</param>
    /// <param name="scratch">The step's own temporary folder.</param>
    public StepCommand Build(PlanStep step, string scratch)
    {
        var candidate = step.Candidate;
        var arguments = new List<string>(frontend.Arguments) { "install" };
        arguments.AddRange(destination.Arguments(StageOf(scratch)));
        arguments.AddRange(
        [
            "--no-deps", "--ignore-installed", "--no-index", "--no-build-isolation",
            "--no-cache-dir", // pip's cache of wheels goes by path, not content, and two pips race in it
            "--disable-pip-version-check", "--no-warn-script-location", "--no-input",
        ]);
        if (candidate.IsBuilt)
        {
            foreach (var setting in options.ConfigSettings.Where(each => each.Project is null || each.Project == candidate.Name))
                arguments.Add($"--config-settings={setting.Key}={setting.Value}");
        }
        arguments.Add(PipArgument(candidate.Path!));
        return new StepCommand(step, frontend.Executable, arguments, EnvironmentOf(step, scratch), SearchPath, [destination.ScriptFolder(interpreter)]);
    }

    /// <summary>Where pip installs to when the destination is a <c>--target</c>.</summary>
    public static string StageOf(string scratch) => Path.Combine(scratch, "target");

    /// <summary>The path of the file or tree itself, absolute: without <c>#subdirectory=REL</c>.</summary>
    public string FileOf(string path)
    {
        var mark = path.LastIndexOf(SubdirectoryMark, StringComparison.Ordinal);
        return Path.GetFullPath(mark < 0 ? path : path[..mark], options.BaseFolder);
    }

    // Every build sees the caller's variables, the install set before its own path, and a temporary folder of its own.
    private ChildEnvironment EnvironmentOf(PlanStep step, string scratch)
    {
        var environment = ChildEnvironment.ForPip(options.CallerEnvironment)
            .WithPrepended("PYTHONPATH", SearchPath)
            .WithPrepended("PATH", [destination.ScriptFolder(interpreter)]) // backends start tools by name that are build requirements, such as ninja
            .With("TMPDIR", scratch);
        foreach (var (name, value) in step.Candidate.BuildEnvironment ?? new Dictionary<string, string>()) environment = environment.With(name, value);
        if (options.ProjectEnvironment.TryGetValue(step.Candidate.Name, out var users))
        {
            foreach (var (name, value) in users) environment = environment.With(name, value);
        }
        return environment;
    }

    /// <summary>What pip takes for a path: the absolute path, or a <c>file:</c> URL where pip would read parts of the path as requirement syntax (<c>;</c>, <c>[…]</c>) or there is a subdirectory.</summary>
    private string PipArgument(string path)
    {
        var mark = path.LastIndexOf(SubdirectoryMark, StringComparison.Ordinal);
        var file = FileOf(path);
        if (mark < 0 && !file.Any(c => char.IsControl(c) || c is ';' or '[' or ']' or '#' or '%' or '?' or '\\')) return file;
        return "file://" + Encoded(file) + (mark < 0 ? "" : path[mark..]); // pip takes the fragment as it stands, escapes and all
    }

    private static string Encoded(string path)
    {
        var encoded = new StringBuilder(path.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'/' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
                encoded.Append((char)unit);
            else
                encoded.Append($"%{unit:X2}");
        }
        return encoded.ToString();
    }
}
