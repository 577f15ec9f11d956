package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.ValidationException;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.rekey.RenamedMembers;

/**
 * Files of a dimension with renamed members beside those with old names. A batch may have brought a member under its new
 * name since; the committer looks at those, and refuses where one would stand there twice.
 */
record MemberRenaming(FileErasure files, RenamedMembers members) implements PreparedRewrite {

    @Override
    public Preparation preparation() {
        return files.preparation();
    }

    @Override
    public String kind() {
        return files.kind();
    }

    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        ValidationException.check(
                !members.isOvertaken(staged.current(), staged.io()),
                "a batch has brought a renamed member to %s",
                table().qualifiedName());
        return files.apply(staged, marks);
    }
}
