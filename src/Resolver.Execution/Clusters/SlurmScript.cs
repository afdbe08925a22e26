using System.Text;
using Resolver.Execution.Commands;

namespace Resolver.Execution.Clusters;

/// <summary>A plan as a shell script that gives all of it to a Slurm cluster and ends: an array of builds a stage, a
/// job that installs the stage after it, each waiting for the one before (<c>afterok</c>).</summary>
/// <remarks>It needs nothing of this program. There is no journal: what it did is taken back by hand.</remarks>
internal static class SlurmScript
{
    /// <summary>The script.</summary>
    /// <param name="stages">Of each stage its steps in order: what builds the step's wheel (null for a wheel of the
    /// plan), and what installs it.</param>
    public static string Of(IReadOnlyList<IReadOnlyList<(StepCommand? Build, StepCommand Install)>> stages)
    {
        var text = new StringBuilder(
            """
            #!/bin/sh
            # Gives the builds and installs of a plan to Slurm. WORK must lie on a file system that the nodes share, as the archives and the destination do;
            # options for every job are taken from sbatch's own variables (SBATCH_PARTITION, SBATCH_ACCOUNT, ...).
            set -eu
            umask 022
            WORK=${WORK:-$PWD/resolver-slurm.$$}
            mkdir -p "$WORK/logs"
            cd "$WORK"
            after=

            """
        );
        for (var index = 0; index < stages.Count; index++)
        {
            var stage = stages[index];
            var number = stage[0].Install.Step.Stage;
            var builds = stage.Where(each => each.Build is not null).Select(each => each.Build!).ToList();
            if (builds.Count > 0)
            {
                text.Append($"mkdir -p {string.Join(' ', builds.Select(build => $"wheels/{build.Step.Order}"))}\n");
                for (var task = 0; task < builds.Count; task++)
                    Write(text, $"build-{number}-{task + 1}.sh", builds[task].Script);
                text.Append(
                    $"build=$(sbatch --parsable $after --job-name=resolver-build-{number} --array=1-{builds.Count} --chdir=\"$WORK\" --output=logs/build-{number}-%a.log --wrap='exec sh ./build-{number}-$SLURM_ARRAY_TASK_ID.sh')\n"
                );
                text.Append("build=${build%%;*}\nafter=--dependency=afterok:$build\" --kill-on-invalid-dep=yes\"\n");
            }
            var installs = new StringBuilder("#!/bin/sh\nset -eu\n");
            foreach (var (_, install) in stage)
                installs.Append("(\n").Append(install.Script.TrimEnd('\n').Split('\n', 2)[1]).Append("\n)\n");
            Write(text, $"install-{number}.sh", installs.ToString());
            text.Append(
                $"job=$(sbatch --parsable $after --job-name=resolver-install-{number} --chdir=\"$WORK\" --output=logs/install-{number}.log --wrap='exec sh ./install-{number}.sh')\n"
            );
            text.Append("job=${job%%;*}\nafter=--dependency=afterok:$job\" --kill-on-invalid-dep=yes\"\n");
        }
        return text.Append("echo \"submitted; the last job is $job, logs are in $WORK/logs\"\n").ToString();
    }

    // A here-document ends at the first line that is its mark; a path may hold any line, so the mark is one that
    // stands nowhere in the text.
    private static void Write(StringBuilder text, string file, string content)
    {
        var mark = "END";
        while (content.Contains(mark, StringComparison.Ordinal))
            mark += "_";
        text.Append($"cat >{file} <<'{mark}'\n").Append(content).Append(mark).Append('\n');
    }
}
