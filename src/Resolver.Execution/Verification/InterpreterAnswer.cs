using Resolver.Archives.Interpreters;
using Resolver.Execution.Processes;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Verification;

/// <summary>Whether the interpreter itself finds what was just installed, with the variables of a step: what it does not find is as good as absent, whatever lies in the folder.</summary>
internal static class InterpreterAnswer
{
    /// <summary>What is wrong, one line; null where every project is found at its version.</summary>
    public static string? Complaint(EnvironmentListing listing, Interpreter interpreter, IReadOnlyList<Candidate> projects)
    {
        foreach (var project in projects)
        {
            if (listing.VersionOf(project.Name) is not { } text) return $"{project.Name} {project.Version} is installed, but {interpreter.Executable} does not find it";
            if (Version.TryParse(text) is not { Success: true, Value: var version } || version != project.Version)
                return $"{project.Name} {project.Version} is installed, but {interpreter.Executable} finds {TerminalText.OneLine(text)} first: another one comes earlier on its path";
        }
        return null;
    }
}
