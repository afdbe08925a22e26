using System.Text;
using Resolver.Execution.Processes;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Execution.Destinations;

/// <summary>A file that makes the result of a plan usable: what it says of folders is what the plan's roots need to
/// run, and nothing that was needed only to build them.</summary>
public static class EnvironmentFile
{
    /// <summary>The suffixes there are, for a person.</summary>
    public const string Suffixes = ".sh, .lua, .pth, .py";

    /// <summary>The form that a file's suffix names, or null.</summary>
    public static EnvironmentFileForm? FormOf(string file) =>
        Path.GetExtension(file) switch
        {
            ".sh" => EnvironmentFileForm.Shell,
            ".lua" => EnvironmentFileForm.Module,
            ".pth" => EnvironmentFileForm.PathFile,
            ".py" => EnvironmentFileForm.Finder,
            _ => null,
        };

    /// <summary>What of a plan is needed to use it: the roots and, through them, what these need to run.</summary>
    public static Plan NeededToRun(Plan plan)
    {
        var steps = plan.Steps.ToDictionary(step => step.Candidate);
        var queue = new Queue<PlanStep>(
            plan.Steps.Where(step => step.NeededBy.Any(need => need is { Name: null, Role: Role.Root }))
        );
        if (queue.Count == 0)
            return plan;
        var needed = new HashSet<PlanStep>();
        while (queue.TryDequeue(out var step))
        {
            if (!needed.Add(step))
                continue;
            foreach (var required in step.Requires)
            {
                if (required is { Role: Role.Runtime, SatisfiedBy: { } by } && steps.TryGetValue(by, out var provider))
                    queue.Enqueue(provider);
            }
        }
        return plan with { Steps = [.. plan.Steps.Where(needed.Contains)] };
    }

    /// <summary>The text of the file.</summary>
    /// <param name="places">Of what is needed to run (<see cref="NeededToRun"/>).</param>
    public static string Of(EnvironmentFileForm form, PlanPlaces places)
    {
        var programs = places.ProgramPath.Where(Directory.Exists).ToList();
        var text = new StringBuilder();
        switch (form)
        {
            case EnvironmentFileForm.Shell:
                Export("PYTHONPATH", places.SearchPath);
                Export("PATH", programs);
                return text.ToString();
            case EnvironmentFileForm.Module:
                // Lmod puts each line before those above it, so the last folder comes first.
                foreach (var folder in places.SearchPath.Reverse())
                    text.Append($"prepend_path(\"PYTHONPATH\", {Quoted(folder)})\n");
                foreach (var folder in programs.AsEnumerable().Reverse())
                    text.Append($"prepend_path(\"PATH\", {Quoted(folder)})\n");
                return text.ToString();
            case EnvironmentFileForm.PathFile:
                foreach (var folder in places.SearchPath)
                    text.Append(folder).Append('\n');
                return text.ToString();
            case EnvironmentFileForm.Finder:
                return Finder.Replace(
                    "FOLDERS = []",
                    $"FOLDERS = [\n{string.Concat(places.SearchPath.Select(folder => $"    {Quoted(folder)},\n"))}]",
                    StringComparison.Ordinal
                );
            default:
                throw new ArgumentOutOfRangeException(nameof(form));
        }

        void Export(string variable, IReadOnlyList<string> folders)
        {
            if (folders.Count > 0)
                text.Append(
                    $"export {variable}={PosixShell.Quote(string.Join(':', folders))}\"${{{variable}:+:${variable}}}\"\n"
                );
        }
    }

    // A literal of Python and of Lua alike; both count decimal escapes otherwise, so what needs one is refused before
    // (a control character in a path).
    private static string Quoted(string path) =>
        "\""
        + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + "\"";

    // Namespace packages that lie partly on sys.path and partly here are found on sys.path alone: there the search
    // ends.
    private const string Finder = """"
        """Makes what was installed into the folders below importable, wherever Python looks otherwise.

        Import it once at start-up: from sitecustomize.py, or by a .pth file in a site folder with the one line 'import' and this module's name.
        """
        import os
        import sys
        from importlib.machinery import PathFinder

        FOLDERS = []
        HERE = os.path.dirname(os.path.abspath(__file__))


        class InstalledFinder:
            @staticmethod
            def find_spec(name, path=None, target=None):
                return PathFinder.find_spec(name, FOLDERS, target) if path is None else None

            @staticmethod
            def find_distributions(context=None):
                from importlib.metadata import DistributionFinder, MetadataPathFinder

                # pip asks for one entry of sys.path after the other; the answer goes with the folder of this file.
                path = getattr(context, "path", None)
                if path is not None and list(path) != sys.path and HERE not in path:
                    return iter(())
                return MetadataPathFinder.find_distributions(DistributionFinder.Context(name=getattr(context, "name", None), path=FOLDERS))


        if not any(getattr(finder, "__name__", "") == "InstalledFinder" and finder.__module__ == __name__ for finder in sys.meta_path):
            sys.meta_path.append(InstalledFinder)

        """";
}
