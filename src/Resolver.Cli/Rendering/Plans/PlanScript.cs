using System.Text;
using Resolver.Execution.Commands;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a script for a POSIX shell: each step in a subshell of its own, so that none sees another's
/// variables.</summary>
internal static class PlanScript
{
    public static string Of(IReadOnlyList<StepCommand> commands)
    {
        var text = new StringBuilder("#!/bin/sh\nset -eu\n");
        foreach (var command in commands)
        {
            text.Append("\n(\n");
            // The first line of a step's script names the shell; there is one already. Nothing is indented: a quoted
            // path may hold a line's end.
            text.Append(command.Script.Split('\n', 2)[1]).Append(")\n");
        }

        return text.ToString();
    }
}
