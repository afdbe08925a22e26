using System.Security.Cryptography;
using System.Text;
using Resolver.Execution.Commands;
using Resolver.Execution.Options;
using Resolver.Execution.Processes;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>What a built wheel depends on, as one name: the sdist's content, the versions of what built it, the
/// interpreter, the platform, and what was said to the build.</summary>
internal static class WheelKey
{
    // Compilers and linkers read these; another value makes another wheel.
    private static readonly string[] Variables =
    [
        "CC",
        "CXX",
        "CPP",
        "FC",
        "LD",
        "AR",
        "CFLAGS",
        "CXXFLAGS",
        "CPPFLAGS",
        "FFLAGS",
        "LDFLAGS",
        "ARCHFLAGS",
        "MACOSX_DEPLOYMENT_TARGET",
        "_PYTHON_HOST_PLATFORM",
        Commands.SourceDate.Variable,
    ];

    /// <summary>That of a step of a plan that is run with these commands.</summary>
    public static string? Of(
        PlanStep step,
        BuildRequirements requirements,
        Interpreter interpreter,
        StepCommandBuilder commands
    ) =>
        Of(
            step,
            requirements.Providers(step),
            interpreter,
            commands.SettingsOf(step.Candidate),
            commands.BuildEnvironment(step, ""),
            commands.VariablesFor(step).Select(each => each.Key)
        );

    /// <summary>64 hexadecimal digits; null for what has no content of its own to go by (a tree).</summary>
    /// <param name="providers">What the build uses: its build requirements and all they need to run.</param>
    /// <param name="settings">The config settings of the project.</param>
    /// <param name="environment">The variables of the build.</param>
    /// <param name="said">Variables set for this very project, by the plan or by the user.</param>
    public static string? Of(
        PlanStep step,
        IEnumerable<Candidate> providers,
        Interpreter interpreter,
        IEnumerable<ConfigSetting> settings,
        ChildEnvironment environment,
        IEnumerable<string> said
    )
    {
        return step.Candidate.Sha256 is { } content
            ? Of(content, step, providers, interpreter, settings, environment, said)
            : null;
    }

    /// <summary>The same for a content that goes by another name.</summary>
    internal static string Of(
        string content,
        PlanStep step,
        IEnumerable<Candidate> providers,
        Interpreter interpreter,
        IEnumerable<ConfigSetting> settings,
        ChildEnvironment environment,
        IEnumerable<string> said
    )
    {
        var text = new StringBuilder("resolver wheel 2\n");
        Add("sdist", content);
        if (DistributionPath.Parse(step.Candidate.Path!).Fragment is { Length: > 0 } fragment)
            Add("subdirectory", fragment);
        var marker = interpreter.Environment;
        Add("python", $"{marker.ImplementationName} {marker.ImplementationVersion} {marker.PythonFullVersion}");
        Add(
            "platform",
            $"{marker.SysPlatform} {marker.PlatformMachine} {(interpreter.Tags.Tags is [var best, ..] ? best.ToString() : "")}"
        );
        foreach (
            var provider in providers
                .Select(each => $"{each.Name}=={each.Version}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
            Add("with", provider);
        foreach (var setting in settings)
            Add("setting", $"{setting.Key}={setting.Value}");
        foreach (var name in Variables.Concat(said).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (environment[name] is { } value)
                Add("variable", $"{name}={value}");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        // Lengths keep a value with line feeds from passing for two values.
        void Add(string what, string value) =>
            text.Append(what).Append(' ').Append(value.Length).Append(' ').Append(value).Append('\n');
    }
}
